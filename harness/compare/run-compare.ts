import { messageOf } from '../lib/error.ts';
import { type Random, seededRandom } from '../lib/random.ts';
import { several } from '../lib/several.ts';
import { visible } from '../lib/visible.ts';
import type { Variant } from '../scenario/resolved.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Arm, packingArm, packingMs } from './arms.ts';
import { type ComparePlan, offeredIn } from './plan-compare.ts';
import { rankingOf } from './ranking.ts';
import type { Comparison, Setting, Step } from './result.ts';
import type { Round } from './round.ts';
import { rowOf } from './row-of.ts';
import { type RunArm, runArm } from './run-arm.ts';
import { type Swept, stepOf, sweepOf } from './sweep.ts';

export type RunCompareOptions = {
  readonly plan: ComparePlan;
  readonly target: RunningTarget;
  readonly signal: AbortSignal;
  readonly onBegin: (what: string) => void;
};

/** The measurements, and what stopped the comparison before its end. */
export type Compared = { readonly comparison: Comparison; readonly failure?: unknown };

/** The complete comparison. Rejects with what stopped it. */
export const runCompare = async (options: RunCompareOptions): Promise<Comparison> => {
  const { comparison, failure } = await compareAsFar(options);
  if (failure !== undefined) throw failure;
  return comparison;
};

/**
 * Runs the comparison. Rounds are interleaved, and the seed draws the order of the arms in each, so that a slow minute
 * affects all arms. A failure stops the comparison; what was measured before is returned with it.
 */
export const compareAsFar = async (options: RunCompareOptions): Promise<Compared> => {
  const { plan } = options;
  const run = runArm(options);
  const seen: Seen = { rounds: new Map(plan.arms.map((arm) => [arm, []])), swept: new Map(), packing: [] };
  try {
    for (let round = 1; round <= plan.rounds; round += 1) {
      for (const arm of shuffled(plan.arms, seededRandom(`${plan.seed}/order/${round}`)))
        seen.rounds.get(arm)?.push(await run(arm, offeredIn(plan, round)));
    }
    await ratesOf(plan, run, seen.swept);
    await packingOf(plan, run, seen.packing);
    return { comparison: comparisonOf(options, seen, null) };
  } catch (failure) {
    const ended = { why: visible(messageOf(failure)), notRun: notRunOf(plan, seen) };
    return { comparison: comparisonOf(options, seen, ended), failure };
  }
};

type Seen = {
  readonly rounds: ReadonlyMap<Arm, Round[]>;
  readonly swept: Map<Arm, Swept>;
  readonly packing: Step[];
};

/** An arm without a finished round has no row. */
const comparisonOf = (
  { plan, target }: RunCompareOptions,
  { rounds, swept, packing }: Seen,
  ended: Comparison['ended'],
): Comparison => {
  const measured = plan.arms.filter((arm) => ended === null || (rounds.get(arm) ?? []).length > 0);
  const rows = measured.map((arm) => ({ arm, row: rowOf(arm, rounds.get(arm) ?? []) }));
  const candidates = rows.map(({ arm, row }) => ({
    arm: arm.name,
    rounds: (rounds.get(arm) ?? []).map(({ measured: { timings } }) => timings),
    lost: row.losses,
    unanswered: row.records - row.acked,
  }));
  return {
    format: 'kinesis-order-compare',
    version: 1,
    engine: `${target.engine} ${target.version}`,
    isAws: plan.choice.name === 'aws',
    setting: settingOf(plan),
    rows: rows.map(({ arm, row }) => ({ ...row, sustained: swept.get(arm)?.sustained ?? null })),
    ranking: rankingOf(candidates, plan.seed),
    sweep: [...swept.values()].flatMap(({ steps }) => steps),
    packing,
    slowness: Math.max(1, target.slowness),
    ended,
  };
};

const notRunOf = (plan: ComparePlan, { rounds, swept, packing }: Seen): readonly string[] => [
  ...plan.arms.flatMap((arm) => {
    const done = rounds.get(arm)?.length ?? 0;
    return done === plan.rounds ? [] : [`${arm.name}: ${done} of ${several(plan.rounds, 'round')} finished`];
  }),
  ...(isAsked(plan, 'rates') ? plan.arms.filter((arm) => !swept.has(arm)) : []).map(
    ({ name }) => `${name}: its sweep of rates is not finished`,
  ),
  ...(isAsked(plan, 'packing') && packing.length < packingMs.length ? ['the sweep of packing is not finished'] : []),
];

const isAsked = ({ sweep }: ComparePlan, what: 'rates' | 'packing'): boolean => sweep === what || sweep === 'all';

const ratesOf = async (plan: ComparePlan, run: RunArm, swept: Map<Arm, Swept>): Promise<void> => {
  if (!isAsked(plan, 'rates')) return;
  const sweep = { run, offered: offeredIn(plan, 1), rateMax: plan.rateMax };
  for (const arm of plan.arms) swept.set(arm, await sweepOf(arm, sweep));
};

const packingOf = async (plan: ComparePlan, run: RunArm, steps: Step[]): Promise<void> => {
  if (!isAsked(plan, 'packing')) return;
  const offered = { ...offeredIn(plan, 1), label: 'packing' };
  for (const ms of packingMs) {
    const arm = packingArm(ms);
    steps.push(stepOf(arm, offered.rate, ms, await run(arm, offered)));
  }
};

const shuffled = <T>(items: readonly T[], random: Random): readonly T[] =>
  items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** In the notation of `--fault`. */
const faultWords = ({ type, ...settings }: Variant): string => {
  const given = Object.entries(settings).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return given.length === 0 ? type : `${type}:${given.join(',')}`;
};

export const settingOf = ({ base, offered, rounds, seed, adversary }: ComparePlan): Setting => ({
  scenario: base.name,
  rate: offered.rate,
  arrivals: offered.arrivals,
  seconds: offered.seconds,
  rounds,
  seed,
  keys: base.workload.keys,
  shards: base.stream.shards,
  payload: base.workload.payload.type,
  pollMs: offered.pollMs,
  faults: [
    ...[...base.faults, ...offered.faults].map(faultWords),
    ...(adversary === undefined ? [] : ['adversary, a seed a round']),
  ],
});
