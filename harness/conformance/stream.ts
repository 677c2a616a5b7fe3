import type { RawAnswer, RawCall, RawInput, RawOperation } from '../kinesis/raw.ts';
import type { Clock } from '../lib/clock.ts';
import { setUp } from './outcome.ts';
import { type Position, type ReadOptions, readFrom, type StoredRecord, startAt } from './reading.ts';
import { listShards, type Shard } from './shards.ts';

export type Put = {
  readonly key: string;
  readonly data: Uint8Array | string;
  readonly hash?: string;
  readonly after?: string;
};
export type Place = { readonly shard: string; readonly seq: string };

/**
 * One stream of one probe, with the calls before the tested one. If the engine refuses one of these, the probe ends
 * with `error`.
 */
export type ProbeStream = {
  readonly name: string;
  readonly arn: string;
  /** A raw call on this stream, for the tested call. `StreamName` is filled in. */
  readonly call: <O extends RawOperation>(operation: O, input: RawInput<O>) => Promise<RawAnswer<O>>;
  readonly put: (put: Put) => Promise<Place>;
  /** ListShards, all pages, in order of id. */
  readonly shards: () => Promise<readonly Shard[]>;
  /** GetShardIterator. */
  readonly iterator: (shard: string, position?: Position) => Promise<string>;
  /** The records of one shard from a position to the tip, or to the shard's end. */
  readonly read: (shard: string, position?: Position, options?: ReadOptions) => Promise<readonly StoredRecord[]>;
  /**
   * All stored records of every shard from TRIM_HORIZON. Waits a little until there are `atLeast`, the number of
   * acknowledged records.
   */
  readonly stored: (atLeast?: number) => Promise<readonly StoredRecord[]>;
  /** Waits until the stream is ACTIVE again. */
  readonly settle: () => Promise<void>;
};

export type StreamTools = {
  readonly call: RawCall;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly patienceMs: number;
};

export const probeStream = (name: string, arn: string, tools: StreamTools): ProbeStream => {
  const call = <O extends RawOperation>(operation: O, input: RawInput<O>): Promise<RawAnswer<O>> =>
    tools.call(operation, { StreamName: name, ...input });
  const shards = (): Promise<readonly Shard[]> => listShards(tools.call, name);
  const iterator = (shard: string, position: Position = { type: 'TRIM_HORIZON' }): Promise<string> =>
    startAt(tools.call, { stream: name, shard, position });
  const read = async (
    shard: string,
    position?: Position,
    options: ReadOptions = {},
  ): Promise<readonly StoredRecord[]> =>
    readFrom(tools, { shard, iterator: await iterator(shard, position), ...options });
  return {
    name,
    arn,
    call,
    shards,
    iterator,
    read,
    put: async (put) => placeOf(setUp(await call('PutRecord', entryOf(put)), 'PutRecord')),
    stored: (atLeast = 0) => everything(tools, { shards, read, atLeast }),
    settle: () => untilActive(name, tools),
  };
};

export const bytes = (data: Uint8Array | string): Uint8Array => (typeof data === 'string' ? Buffer.from(data) : data);

const entryOf = (put: Put): RawInput<'PutRecord'> => ({
  PartitionKey: put.key,
  Data: bytes(put.data),
  ...(put.hash === undefined ? {} : { ExplicitHashKey: put.hash }),
  ...(put.after === undefined ? {} : { SequenceNumberForOrdering: put.after }),
});

const placeOf = (output: { readonly ShardId?: unknown; readonly SequenceNumber?: unknown }): Place => ({
  shard: String(output.ShardId),
  seq: String(output.SequenceNumber),
});

type Everything = Pick<ProbeStream, 'shards' | 'read'> & { readonly atLeast: number };

const everything = async (tools: StreamTools, { shards, read, atLeast }: Everything): Promise<StoredRecord[]> => {
  const until = tools.clock.now() + tools.patienceMs * 1000;
  for (;;) {
    const found = (await Promise.all((await shards()).map((shard) => read(shard.id)))).flatMap(oncePerNumber);
    if (found.length >= atLeast || tools.clock.now() > until) return found;
    await tools.clock.sleep(pollMs, tools.signal);
  }
};

/** Each record once: receiving a record twice is another claim's deviation. */
const oncePerNumber = (records: readonly StoredRecord[]): readonly StoredRecord[] => [
  ...new Map(records.map((record) => [record.seq, record])).values(),
];

/** The pause between calls of DescribeStreamSummary, below the 20 calls a second that AWS allows an account. */
const pollMs = 60;

export const untilActive = async (name: string, tools: StreamTools): Promise<void> => {
  for (;;) {
    const output = setUp(await tools.call('DescribeStreamSummary', { StreamName: name }), 'DescribeStreamSummary');
    if (output.StreamDescriptionSummary?.StreamStatus === 'ACTIVE') return;
    await tools.clock.sleep(pollMs, tools.signal);
  }
};
