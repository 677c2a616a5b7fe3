import { getRecords } from '../consumers/get-records.ts';
import { watchedReads } from '../consumers/watched-reads.ts';
import type { Clock } from '../lib/clock.ts';
import { within } from '../run/deadline.ts';
import { follow } from '../run/follow.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { OpenStream } from './open-stream.ts';

export type FinalOptions = {
  readonly stream: OpenStream;
  readonly run: string;
  readonly clock: Clock;
  readonly target: Pick<RunningTarget, 'pollMsMin' | 'slowness'>;
  /** The place of each shard's sentinel; empty if none was put. */
  readonly sentinels: ReadonlyMap<string, string>;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
};

/**
 * Reads the stream from `since`, else from TRIM_HORIZON, past the last sequence number that was acknowledged in each
 * shard. Returns undefined, or what it waits for if it reaches the deadline first.
 */
export const readFinal = async (options: FinalOptions): Promise<string | undefined> => {
  const { stream, run, clock, target, sentinels, budgetMs } = options;
  const { ref, kinesis, recorder, ids, counts, nextChain } = stream;
  const over = follow(options.signal);
  const reads = watchedReads(kinesis, clock.now);
  const reading = getRecords.make({})({
    reader: 'final',
    role: 'final',
    stream: ref.name,
    run,
    read: ids.read,
    owed: counts.highest,
    ...(stream.since === undefined ? {} : { since: stream.since }),
    kinesis: reads,
    listShards: () => kinesis.listShards(ref.name),
    write: recorder.write,
    now: recorder.now,
    clock,
    signal: over.signal,
    nextChain,
    pollMsMin: target.pollMsMin ?? 0,
    onRead: counts.noteRead,
    lastAcked: counts.last,
    acked: () => Promise.resolve(),
    sentinel: (shard) => sentinels.get(shard),
    isSealed: () => true,
  });
  try {
    return (await within({ clock, budgetMs, signal: over.signal }, reading)) ? undefined : reads.state();
  } finally {
    over.abort();
    over.release();
    await reading.catch(() => undefined);
  }
};
