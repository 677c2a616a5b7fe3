import type { Kinesis } from '../kinesis/kinesis.ts';
import { compareSequence } from '../model/sequence-number.ts';
import type { RecordIds } from '../tap/record-ids.ts';

export type PastOptions = {
  readonly kinesis: Pick<Kinesis, 'getShardIterator' | 'getRecords' | 'listShards'>;
  readonly stream: string;
  /** Read from here, Unix milliseconds; undefined: from the beginning. */
  readonly since: number | undefined;
  readonly pauseMs: number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
};

/**
 * The most pages read per shard. In a stream with more records, which is unusual for tests, records of the past and of
 * the run are told apart only by content.
 */
const pagesMax = 100;

/** The last sequence number of each shard before the run. Empty shards are absent. */
export const pastEnds = async (options: PastOptions): Promise<ReadonlyMap<string, string>> => {
  const shards = await options.kinesis.listShards(options.stream);
  const ends = await Promise.all(shards.map(async ({ shard }) => [shard, await lastOf(shard, options)] as const));
  return new Map(ends.flatMap(([shard, last]) => (last === undefined ? [] : [[shard, last] as const])));
};

const lastOf = async (
  shard: string,
  { kinesis, stream, since, pauseMs, sleep, signal }: PastOptions,
): Promise<string | undefined> => {
  const from =
    since === undefined ? ({ type: 'TRIM_HORIZON' } as const) : ({ type: 'AT_TIMESTAMP', at: since } as const);
  const begun = await kinesis.getShardIterator({ ...from, stream, shard }, { signal });
  let iterator = begun.ok ? begun.iterator : undefined;
  let last: string | undefined;
  for (let pages = 0; iterator !== undefined && pages < pagesMax; pages += 1) {
    const page = await kinesis.getRecords({ iterator }, { signal });
    if (!page.ok) return last;
    last = page.records.at(-1)?.seq ?? last;
    iterator = page.behind === 0 ? undefined : page.next;
    if (iterator !== undefined && pauseMs > 0) await sleep(pauseMs, signal);
  }
  return last;
};

/**
 * Gives no identity to records that were stored before the run, whatever their payload, because tests send the same
 * payloads again.
 */
export const presentIds = <T extends RecordIds>(ids: T, ends: ReadonlyMap<string, string>): T => ({
  ...ids,
  read: (record) => {
    const end = ends.get(record.shard);
    return end !== undefined && compareSequence(record.seq, end) <= 0 ? {} : ids.read(record);
  },
});
