import type { ArmedFault, FaultTools, Forward, ProxiedAnswer, ProxiedCall } from '../faults/fault.ts';
import type { Clock } from '../lib/clock.ts';
import { type IteratorShards, iteratorShards } from './iterator-shards.ts';
import { laterCalls } from './later-calls.ts';

export type ArmedByName = {
  readonly id: number;
  readonly fault: string;
  /** True if the fault stays active after heal. */
  readonly lasts?: true;
  readonly arm: (tools: FaultTools) => ArmedFault;
};

export type Fired = {
  readonly id: number;
  readonly fault: string;
  /** The op in the history. Absent if the call has none. */
  readonly op?: number;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** The name of the stream, for a call without op. */
  readonly stream?: string;
};

/**
 * The armed faults, as a chain of interceptors: each wraps the next, and the innermost sends the call. It knows no
 * fault by name.
 */
export type FaultChain = {
  /** False if no fault is armed, or all are healed: then calls are forwarded unchanged. */
  readonly isArmed: () => boolean;
  readonly pass: (call: ProxiedCall, forward: Forward) => Promise<ProxiedAnswer>;
  readonly iterators: Pick<IteratorShards, 'of'>;
  readonly begun: (call: Counted) => void;
  /** Call it when a put call was answered: held calls wait for the answers of later calls. */
  readonly answered: (call: Counted) => void;
  /** Registers work that `heal` waits for. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /** Releases held calls. No fault fires afterwards. */
  readonly release: () => void;
  /** Resolves when no background work is left. */
  readonly idle: () => Promise<void>;
  readonly pending: () => number;
};

type Counted = Pick<ProxiedCall, 'client' | 'call'>;

export const faultChain = (
  faults: readonly ArmedByName[],
  onFired: (fired: Fired) => void,
  clock: Pick<Clock, 'sleep' | 'now'>,
): FaultChain => {
  const later = laterCalls();
  const shards = iteratorShards();
  const background = new Set<Promise<unknown>>();
  const healed = new AbortController();
  const inBackground = (work: Promise<unknown>): void => {
    const caught = work.catch(() => undefined).finally(() => background.delete(caught));
    background.add(caught);
  };
  const sleep = (ms: number): Promise<void> => clock.sleep(ms, healed.signal).catch(() => undefined);
  const toolsOf = ({ id, fault }: ArmedByName): FaultTools => ({
    fired: (call, detail) => {
      if (!healed.signal.aborted) onFired(firing({ id, fault }, call, detail));
    },
    afterLater: later.after,
    untilAlone: (call, ms) => later.alone(call, () => sleep(ms)),
    sleep,
    now: () => clock.now() / 1000,
    isHealed: () => healed.signal.aborted,
    inBackground,
  });
  let armed = faults.map((fault) => ({ lasts: fault.lasts === true, run: fault.arm(toolsOf(fault)) }));
  return {
    isArmed: () => armed.length > 0,
    pass: async (call, forward) => {
      const outermost = armed.reduceRight<Forward>(
        (next, { run }) =>
          (body, api) =>
            api === undefined ? run({ ...call, body }, next) : next(body, api),
        forward,
      );
      const answer = await outermost(call.body);
      shards.learn(call, answer);
      return answer;
    },
    iterators: shards,
    begun: later.begun,
    answered: later.answered,
    inBackground,
    release: () => {
      healed.abort();
      armed = armed.filter(({ lasts }) => lasts);
      later.release();
    },
    idle: async () => {
      while (background.size > 0) await Promise.all(background);
    },
    pending: () => background.size,
  };
};

const firing = (
  named: Pick<ArmedByName, 'id' | 'fault'>,
  { op, stream }: ProxiedCall,
  detail: Readonly<Record<string, unknown>> | undefined,
): Fired => ({
  ...named,
  ...(op === undefined ? (stream === undefined ? {} : { stream }) : { op }),
  ...(detail === undefined ? {} : { detail }),
});
