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
  /** Identities of this run; others are foreign. */
  readonly run: string;
  readonly kinesis: Pick<DataPlane, 'getShardIterator' | 'getRecords'>;
  /** Enhanced fan-out, for who subscribes. */
  readonly fanOut?: FanOut;
  readonly listShards: () => Promise<readonly ShardInfo[]>;
  /** Where others read the rest of the stream: is a shard one to be read here? */
  readonly isWanted?: (shard: ShardInfo) => boolean;
  readonly write: (event: EventBody) => number;
  readonly now: () => number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The next chain of the run; chains are counted over all readers. */
  readonly nextChain: () => number;
  /** Least pause between two pages of a shard, milliseconds: what the service takes. 0 where it takes all. */
  readonly pollMsMin: number;
  /**
   * On a stream with a past: the number behind which the run begins in a shard. What would begin at TRIM_HORIZON
   * begins there, and shards that ended before are not read.
   */
  readonly begin?: (shard: string) => string | undefined;
  readonly onRead: (records: number) => void;
  /**
   * Handed the records of each page, behind the line that tells of it: the next page is asked for when it resolves.
   */
  readonly onPage?: (shard: string, records: readonly RawRecord[]) => Promise<void>;
  /** A shard was read to its end, or to its sentinel: its children are begun when this resolves. */
  readonly onShardOver?: (shard: string, end: 'closed' | 'passed') => Promise<void>;
  /** The last number acknowledged in a shard, for iterators that begin at one. */
  readonly lastAcked: (shard: string) => string | undefined;
  /** Resolves when so many records were acknowledged, or the load is over. */
  readonly acked: (count: number) => Promise<void>;
  /** On a stream whose past may be long: what would begin at TRIM_HORIZON begins at this time, Unix milliseconds. */
  readonly since?: number;
  /** Who a record is; without it, only records of this tool's own run have an identity. */
  readonly read?: RecordIds['read'];
  /** On a stream without sentinels: the highest number that was acknowledged in a shard. */
  readonly owed?: (shard: string) => string | undefined;
  /**
   * The shard's end marker once the stream is sealed; undefined before. A reader that has delivered it is done with
   * the shard.
   */
  readonly sentinel: (shard: string) => string | undefined;
  /** The stream is sealed: what is not open now will not be. */
  readonly isSealed: () => boolean;
};

export type StartType = IteratorRequest['type'];

/** Resolves when every shard was read to its sentinel or its end, or the signal aborts. */
export type Read = (tools: ReadTools) => Promise<void>;

export type Consumer = Variant<Read>;

/** Options of every consumer, which the scenario's own schema reads. */
export type Named = {
  /** For reports and histories. Default: c1, c2 … */
  readonly name?: string;
};

/** One reading strategy a file, one line in `builders.ts`. */
export const defineConsumer = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, Read>,
): Built<Type, Schema, Read, Named> => defineBuilder<Type, Schema, Read, Named>(spec);
