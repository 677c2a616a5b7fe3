import { z } from 'zod';
import { seededRandom } from '../lib/random.ts';
import * as builders from './builders.ts';
import { defineFault } from './define-fault.ts';
import { lotsOf } from './draw-lots.ts';
import type { ArmedFault, Fault, FaultTools, FiringPoint, Forward, ProxiedCall, Shape } from './fault.ts';

const all: readonly Fault[] = Object.values(builders);
const drawn = all.filter(({ draw, legal }) => draw !== undefined && legal !== undefined);
const names = drawn.map(({ type }) => type);

/** The highest intensity. Above it, a client could only fail. */
const intensityMax = 0.5;

/**
 * The adversary: each seed arms a random half of all legal faults (swarm testing), and each call draws whether one of
 * these hits it. Every draw depends only on the seed, the client and the index of the call, so one client's calls do
 * not change the draws of another's.
 */
export const adversary = defineFault({
  type: 'adversary',
  at: 'any',
  lasts: true,
  summary: 'all legal faults, drawn by the seed: each seed arms a random half of them',
  legal: { grade: 'documented', sentence: 'Each of its faults has its own sentence.', source: 'docs/faults.md' },
  options: z.strictObject({
    /** The seed. Default: that of the run. */
    seed: z.union([z.string().min(1), z.int()]).optional(),
    /**
     * The share of puts and reads that meet a fault. Lists, reshards and subscriptions are few, so at least half of
     * them do.
     */
    intensity: z.number().gt(0).max(intensityMax).default(0.1),
    /** Arms exactly these faults. */
    only: z.array(z.enum(names)).min(1).optional(),
  }),
  arm: (options, tools) => {
    const seed = String(options.seed ?? tools.seed ?? '1');
    const armed = options.only === undefined ? maskOf(seed) : drawn.filter(({ type }) => options.only?.includes(type));
    let live: readonly Live[] = [];
    return (call, forward) => {
      const fault = tools.isHealed() ? undefined : drawFor(call, { seed, armed, intensity: options.intensity, tools });
      if (fault?.spans === true) live = [...live, fault];
      const spanning = live.filter(({ lasts }) => lasts || !tools.isHealed());
      const all = fault === undefined || fault.spans ? spanning : [...spanning, fault];
      return through(all, call, forward);
    };
  },
});

type Live = { readonly run: ArmedFault; readonly spans: boolean; readonly lasts: boolean };

/** The faults that a seed arms: each with a probability of one half, and at least one. */
const maskOf = (seed: string): readonly Fault[] => {
  const lots = lotsOf(drawn, `${seed}/adversary/mask`);
  const on = lots.filter(({ lot }) => lot < 0.5);
  return (on.length > 0 ? on : lots.slice(0, 1)).map(({ fault }) => fault);
};

type Drawing = {
  readonly seed: string;
  readonly armed: readonly Fault[];
  readonly intensity: number;
  readonly tools: FaultTools;
};

const drawFor = (call: ProxiedCall, { seed, armed, intensity, tools }: Drawing): Live | undefined => {
  const { kind, client: who = '', shard = '', shardCall } = call;
  const drawSeed = `${seed}/adversary/${kind}/${who}/${shard}/${shardCall ?? call.call}`;
  const random = seededRandom(drawSeed);
  if (random.next() >= (isOfFew(call) ? Math.max(intensity, 0.5) : intensity)) return undefined;
  const candidates = armed.filter(({ at }) => at === call.kind);
  // The lots have a seed of their own. The winner's lot is low, so its options must not be drawn from the same
  // numbers.
  for (const { fault } of lotsOf(candidates, `${drawSeed}/lot`)) {
    const options = fault.draw?.(random.fork(fault.type), call);
    if (options !== undefined) return made(fault, { ...options, ...position[fault.at](call) }, tools);
  }
  return undefined;
};

/** True for calls of which a run has few. A subscription may last as long as the run. */
const isOfFew = ({ kind, api }: ProxiedCall): boolean =>
  kind === 'list' || kind === 'reshard' || api === 'SubscribeToShard';

const made = (fault: Fault, options: Shape, tools: FaultTools): Live => {
  const { client: _, ...others } = tools;
  const run = fault.make(options)({
    ...others,
    fired: (call, detail) => tools.fired(call, { kind: fault.type, ...detail }),
  });
  const lasts = fault.lasts === true;
  return { run, lasts, spans: lasts || fault.spans === true };
};

const client = (name: string, call: ProxiedCall): Shape => (call.client === undefined ? {} : { [name]: call.client });

/** The options that let a fault fire at exactly this call. */
const position: Readonly<Record<FiringPoint, (call: ProxiedCall) => Shape>> = {
  put: (call) => ({ ...client('producer', call), call: call.call }),
  read: (call) => ({
    ...client('reader', call),
    ...(call.shard === undefined ? { read: call.call } : { shard: call.shard, read: call.shardCall }),
  }),
  list: (call) => ({ ...client('client', call), list: call.call }),
  reshard: (call) => ({ ...client('client', call), reshard: call.call }),
  any: () => ({}),
};

const through = (all: readonly Live[], call: ProxiedCall, forward: Forward): ReturnType<ArmedFault> =>
  all.reduceRight<Forward>(
    (next, { run }) =>
      (body, api) =>
        api === undefined ? run({ ...call, body }, next) : next(body, api),
    forward,
  )(call.body);
