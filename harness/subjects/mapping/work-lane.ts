import type { Clock } from '../../lib/clock.ts';
import type { Batch, DiscardReason, Policy } from './batch.ts';
import { type Changes, changes } from './changes.ts';
import { emptyLane, isEmptyLane, isFull, type Lane, takeBatch } from './lane.ts';
import type { Outcome } from './read-answer.ts';
import { type Settled, settleBatch } from './settle-batch.ts';
import type { ShardRecord } from './shard-record.ts';

export type LaneTools = {
  readonly policy: Policy;
  /** MaximumBatchingWindowInSeconds, in milliseconds. */
  readonly windowMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Invokes the handler. `isAgain`: the records of the batch were delivered before. */
  readonly invoke: (batch: Batch<ShardRecord>, isAgain: boolean) => Promise<Outcome>;
  readonly onSettled: (settled: Settled<ShardRecord>) => void;
  readonly onDiscard: (records: readonly ShardRecord[], why: DiscardReason) => void;
};

/** One lane of a shard. It works on one batch after the other. */
export type WorkedLane = {
  readonly offer: (records: readonly ShardRecord[]) => void;
  readonly waiting: () => number;
  /** Call it when no more records will come. Resolves when all are handled, or the signal aborts. */
  readonly finish: () => Promise<void>;
};

export const workLane = (tools: LaneTools, onFewer: () => void): WorkedLane => {
  const { policy, signal } = tools;
  const changed = changes();
  let lane: Lane<ShardRecord> = emptyLane;
  let isOver = false;
  signal.addEventListener('abort', changed.tell, { once: true });
  const step = async (): Promise<void> => {
    await pause(tools, lane);
    const isAgain = lane.again.length > 0;
    const { batch, expired, lane: rest } = takeBatch(lane, policy, tools.clock.wallMs());
    lane = rest;
    if (expired.length > 0) tools.onDiscard(expired, 'RecordAgeExceeded');
    if (batch !== undefined && !signal.aborted) await send(batch, isAgain);
    onFewer();
  };
  const send = async (batch: Batch<ShardRecord>, isAgain: boolean): Promise<void> => {
    const outcome = await tools.invoke(batch, isAgain);
    if (signal.aborted) return;
    const settled = settleBatch(batch, outcome, policy);
    tools.onSettled(settled);
    if (settled.discarded.length > 0) tools.onDiscard(settled.discarded, 'RetryAttemptsExhausted');
    lane = { ...lane, again: [...settled.again, ...lane.again] };
  };
  const work = async (): Promise<void> => {
    while (!signal.aborted) {
      if (!isEmptyLane(lane)) {
        await gather(tools, changed, () => isOver || isFull(lane, policy));
        await step();
      } else if (isOver) return;
      else await changed.next();
    }
  };
  const working = work();
  return {
    offer: (records) => {
      lane = { ...lane, fresh: [...lane.fresh, ...records] };
      changed.tell();
    },
    waiting: () => lane.fresh.length,
    finish: async () => {
      isOver = true;
      changed.tell();
      await working;
    },
  };
};

/**
 * Waits for the batching window: "the maximum amount of time to gather records before invoking the function". The wait
 * ends early if a batch is full.
 */
const gather = async (
  { windowMs, clock, signal }: LaneTools,
  changed: Changes,
  isEnough: () => boolean,
): Promise<void> => {
  if (windowMs === 0 || isEnough()) return;
  const over = new AbortController();
  let isLate = false;
  const late = clock.sleep(windowMs, over.signal).then(
    () => void (isLate = true),
    () => undefined,
  );
  while (!isLate && !isEnough() && !signal.aborted) await Promise.race([changed.next(), late]);
  over.abort(new Error('enough'));
};

const pauseMsMax = 1000;

/**
 * Waits before a retry, at most 1 s. "If the function returns an error, Lambda retries with exponential backoff". The
 * pauses are shorter here, because a test waits for them.
 */
const pause = async ({ clock, signal }: LaneTools, { again }: Lane<ShardRecord>): Promise<void> => {
  const retries = again[0]?.retries ?? 0;
  if (retries === 0) return;
  await clock.sleep(Math.min(pauseMsMax, 5 * 2 ** Math.min(retries, 10)), signal).catch(() => undefined);
};
