import type { Batch, Policy, Queued } from './batch.ts';

/** The queue of one lane of a shard: batches to send again, then records that were never sent. */
export type Lane<R extends Queued> = { readonly again: readonly Batch<R>[]; readonly fresh: readonly R[] };

export const emptyLane = { again: [], fresh: [] } as const;

export const isEmptyLane = ({ again, fresh }: Lane<Queued>): boolean => again.length === 0 && fresh.length === 0;

/**
 * Lambda's limit of an invocation: "the total payload" of 6 MB. Source:
 * docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html.
 */
export const payloadBytesMax = 6 * 1024 * 1024;

export type Taken<R extends Queued> = {
  readonly lane: Lane<R>;
  readonly batch: Batch<R> | undefined;
  /** Records that are too old for Lambda to send: "discard records older than the specified age". */
  readonly expired: readonly R[];
};

/**
 * Takes the next batch from a lane. Batches to send again come first, so a lane never has two batches in flight, nor a
 * later one before an earlier one. `batch` is undefined if the lane has no record that is young enough.
 */
export const takeBatch = <R extends Queued>(lane: Lane<R>, policy: Policy, nowMs: number): Taken<R> => {
  const [first, ...others] = lane.again;
  const isYoung = ({ arrival }: R): boolean =>
    policy.maxAgeMs < 0 || arrival === undefined || nowMs - arrival <= policy.maxAgeMs;
  const given = first ?? { records: cut(lane.fresh, policy.batchSize), retries: 0 };
  const rest =
    first === undefined ? { again: [], fresh: lane.fresh.slice(given.records.length) } : { ...lane, again: others };
  const records = given.records.filter(isYoung);
  const expired = given.records.filter((record) => !isYoung(record));
  if (records.length > 0) return { lane: rest, batch: { ...given, records }, expired };
  if (isEmptyLane(rest)) return { lane: rest, batch: undefined, expired };
  const next = takeBatch(rest, policy, nowMs);
  return { ...next, expired: [...expired, ...next.expired] };
};

/**
 * As many records as a batch holds, by number and by bytes. A record that is too large for any batch is sent alone.
 */
const cut = <R extends Queued>(fresh: readonly R[], batchSize: number): readonly R[] => {
  let bytes = 0;
  let count = 0;
  for (const record of fresh) {
    bytes += record.bytes;
    if (count === batchSize || (count > 0 && bytes > payloadBytesMax)) break;
    count += 1;
  }
  return fresh.slice(0, count);
};

/** True if the batch is full by number or by bytes, or is sent again: then the batching window is not awaited. */
export const isFull = ({ again, fresh }: Lane<Queued>, { batchSize }: Policy): boolean =>
  again.length > 0 || fresh.length >= batchSize || fresh.reduce((sum, { bytes }) => sum + bytes, 0) >= payloadBytesMax;
