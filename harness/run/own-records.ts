import type { EventBody, ShardInfo } from '../model/event.ts';
import { hashKeyMax, holdsKey, isReversed, parseHashRange } from '../model/hash-key.ts';
import { holdsKeyOf, type Slice } from '../model/slice.ts';

type Holds = (key: string) => boolean;

const isMarkerKey = /^sentinel-.*-slice-(\d+)$/;

/**
 * Leaves out records of other slices. In a shard that two slices share, records of the other slice are counted and not
 * recorded. A record in a shard to which its key does not lead belongs to no slice: each slice that reads it records
 * it.
 */
export class OwnRecords {
  readonly #slice: Slice;
  readonly #holds: Holds;
  readonly #shards = new Map<string, Holds>();
  others = 0;

  constructor(slice: Slice) {
    this.#slice = slice;
    this.#holds = holdsKeyOf(slice);
  }

  /** Called with the shards that readers learn of. */
  learn(shards: readonly ShardInfo[]): void {
    for (const { shard, range } of shards)
      if (!this.#shards.has(shard))
        this.#shards.set(shard, isReversed(range) ? () => true : holdsKey(parseHashRange(range)));
  }

  of(event: EventBody): EventBody {
    if (event.type !== 'page' || event.records === undefined) return event;
    const inShard = this.#shards.get(event.shard) ?? everyKey;
    const records = event.records.filter(({ key }) => key === undefined || this.#isOwn(key, inShard));
    if (records.length === event.records.length) return event;
    this.others += event.records.length - records.length;
    return { ...event, records };
  }

  #isOwn(key: string, inShard: Holds): boolean {
    const marked = isMarkerKey.exec(key)?.[1];
    if (marked !== undefined) return Number(marked) === this.#slice.index;
    return this.#holds(key) || !inShard(key);
  }
}

const everyKey = holdsKey([0n, hashKeyMax]);
