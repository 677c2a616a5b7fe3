import { appendFileSync, writeSync } from 'node:fs';

/** A record in the form of the AWS SDK, of a Lambda event, or of a JSON line. */
export type GivenRecord =
  | {
      readonly SequenceNumber?: string | undefined;
      readonly PartitionKey?: string | undefined;
      readonly Data?: Uint8Array | undefined;
    }
  | { readonly kinesis: { readonly sequenceNumber: string; readonly partitionKey: string; readonly data: string } }
  | { readonly seq: string; readonly sub?: number; readonly key?: string; readonly data?: Uint8Array | string };

type Place = { readonly seq?: string; readonly sub?: number; readonly batch?: string };

/**
 * What a consumer under test reports. Each method resolves when its line is written. `seq` is a sequence number, `sub`
 * the index of a record in an aggregate, `batch` a name that `deliver` gave to several records.
 */
export type ConsumerLines = {
  /** It starts a shard. `at`: TRIM_HORIZON, LATEST, or the sequence number of the checkpoint that it resumes after. */
  readonly start: (shard: string, at: string, more?: { readonly sub?: number }) => Promise<void>;
  /** It received records. Call this before the application handles them. */
  readonly deliver: (
    shard: string,
    records: readonly GivenRecord[],
    more?: { readonly batch?: string; readonly lane?: string | number },
  ) => Promise<void>;
  /** It is done with a record (its sequence number, or a place) or a batch: its effects are complete. */
  readonly done: (shard: string, place: string | Place) => Promise<void>;
  /** Handling a record or a batch failed. */
  readonly failed: (shard: string, more?: Place & { readonly message?: string }) => Promise<void>;
  /** It wrote a checkpoint: a sequence number, a place, or SHARD_END. */
  readonly checkpoint: (shard: string, place: string | Place) => Promise<void>;
  /** It gave up a record or a batch. `to`: where it sent it, such as a dead-letter queue. */
  readonly discard: (shard: string, place: Place & { readonly to?: string }) => Promise<void>;
  /** It lost the lease of a shard. */
  readonly lost: (shard: string) => Promise<void>;
  /** It reached the end of a shard. */
  readonly end: (shard: string) => Promise<void>;
};

/**
 * Reports to kinesis-order what a consumer received, as JSON lines, to the place that KINESIS_ORDER_LINES names. Does
 * nothing if that variable is not set.
 */
export const consumerLines = ({ worker }: { readonly worker?: string } = {}): ConsumerLines => {
  const to = process.env['KINESIS_ORDER_LINES'] ?? '';
  const tell = async (type: string, shard: string, fields: object = {}): Promise<void> => {
    if (to === '') return;
    const line = JSON.stringify({ type, shard, ...(worker === undefined ? {} : { worker }), ...fields });
    await write(to, `${line}\n`);
  };
  return {
    start: (shard, at, more) => tell('start', shard, { at, ...more }),
    deliver: (shard, records, more) => tell('deliver', shard, { records: records.map(recordOf), ...more }),
    done: (shard, place) => tell('done', shard, placeIn(place)),
    failed: (shard, more) => tell('failed', shard, more),
    checkpoint: (shard, place) => tell('checkpoint', shard, place === 'SHARD_END' ? { at: place } : placeIn(place)),
    discard: (shard, place) => tell('discard', shard, place),
    lost: (shard) => tell('lost', shard),
    end: (shard) => tell('end', shard),
  };
};

const placeIn = (place: string | Place): Place => (typeof place === 'string' ? { seq: place } : place);

const write = async (to: string, line: string): Promise<void> => {
  if (/^https?:/.test(to)) {
    const answer = await fetch(to, { method: 'POST', body: line });
    if (!answer.ok) throw new Error(`${to} answered ${answer.status}`);
    await answer.arrayBuffer();
  } else if (to === 'stdout') writeWhole(1, line);
  else if (to === 'fd:3') writeWhole(3, line);
  else appendFileSync(to, line);
};

/**
 * Writes the whole line. A full pipe accepts only a part, or nothing for now; then the consumer waits, as with any
 * log.
 */
const writeWhole = (fd: number, line: string): void => {
  const bytes = Buffer.from(line);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') throw thrown;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
};
const pause = new Int32Array(new SharedArrayBuffer(4));

const recordOf = (record: GivenRecord): object => {
  if ('kinesis' in record) {
    const { sequenceNumber: seq, partitionKey: key, data } = record.kinesis;
    return { seq, key, data };
  }
  if ('seq' in record) return { ...record, ...(record.data === undefined ? {} : { data: base64(record.data) }) };
  const { SequenceNumber: seq, PartitionKey: key, Data: data } = record;
  return { seq, key, ...(data === undefined ? {} : { data: base64(data) }) };
};

const base64 = (data: Uint8Array | string): string =>
  typeof data === 'string' ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
