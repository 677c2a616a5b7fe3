import type { z } from 'zod';
import type { DataPlane, FanOut, IteratorRequest, RawRecord } from '../kinesis/kinesis.ts';
import type { Clock } from '../lib/clock.ts';
import { type Built, defineBuilder, type Variant, type VariantSpec } from '../lib/variant.ts';
import type { EventBody, ReaderRole, ShardInfo } from '../model/event.ts';
import type { RecordIds } from '../tap/record-ids.ts';

export type ReadTools = {
  readonly reader: string;
  readonly role: ReaderRole;
  readonly stream: string;
  /** The run in the identities of this run's records. Other records are foreign. */
  readonly run: string;
  readonly kinesis: Pick<DataPlane, 'getShardIterator' | 'getRecords'>;
  /** The API of enhanced fan-out, for readers that subscribe. */
  readonly fanOut?: FanOut;
  readonly listShards: () => Promise<readonly ShardInfo[]>;
  /** True if this reader reads the shard. Absent if it reads all; a slice leaves shards to other slices. */
  readonly isWanted?: (shard: ShardInfo) => boolean;
  readonly write: (event: EventBody) => number;
  readonly now: () => number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The number of the next chain. Chains are counted over all readers of the run. */
  readonly nextChain: () => number;
  /** The shortest pause between two pages of a shard that the service allows, milliseconds; 0 without a limit. */
  readonly pollMsMin: number;
  /**
   * On a stream with a past: the sequence number after which the run begins in a shard. Readers begin there instead of
   * at TRIM_HORIZON. Shards that ended before are not read.
   */
  readonly begin?: (shard: string) => string | undefined;
  readonly onRead: (records: number) => void;
  /** Called with the records of each page after its line is written. The next page is requested when it resolves. */
  readonly onPage?: (shard: string, records: readonly RawRecord[]) => Promise<void>;
  /** Called when a shard was read to its end, or to its sentinel. Its children are begun when it resolves. */
  readonly onShardOver?: (shard: string, end: 'closed' | 'passed') => Promise<void>;
  /** The last sequence number that was acknowledged in a shard, for iterators that begin at a number. */
  readonly lastAcked: (shard: string) => string | undefined;
  /** Resolves when this many records were acknowledged, or the load is over. */
  readonly acked: (count: number) => Promise<void>;
  /** On a stream whose past may be long: readers begin at this time (Unix milliseconds) instead of at TRIM_HORIZON. */
  readonly since?: number;
  /** The identity of a record. Without it, only records of this tool's own run have an identity. */
  readonly read?: RecordIds['read'];
  /** On a stream without sentinels: the highest sequence number that was acknowledged in a shard. */
  readonly owed?: (shard: string) => string | undefined;
  /**
   * The sequence number of the shard's sentinel; undefined before the seal. A reader that has delivered the sentinel
   * is done with the shard.
   */
  readonly sentinel: (shard: string) => string | undefined;
  /** True once the stream is sealed: no further shard will open. */
  readonly isSealed: () => boolean;
};

export type StartType = IteratorRequest['type'];

/** Reads the stream. Resolves when every shard was read to its sentinel or its end, or the signal aborts. */
export type Read = (tools: ReadTools) => Promise<void>;

export type Consumer = Variant<Read>;

/** Options of every consumer, which the scenario's own schema validates. */
export type Named = {
  /** The name in reports and histories. Default: c1, c2 … */
  readonly name?: string;
};

/** Defines a reading strategy: one file, and one line in `builders.ts`. */
export const defineConsumer = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, Read>,
): Built<Type, Schema, Read, Named> => defineBuilder<Type, Schema, Read, Named>(spec);
