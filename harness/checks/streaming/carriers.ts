import type { PutPart } from '../../model/event.ts';
import { hashKeyOf } from '../../model/hash-key.ts';
import type { Call } from './open-calls.ts';
import type { ShardFront } from './shard-front.ts';

/** How many keys of aggregates are remembered with their hash. */
const knownMax = 16_384;

/** The hash keys to which aggregates are sent: their own, not those of their user records. */
export class Carriers {
  readonly #known = new Map<string, bigint>();

  /** The aggregate that was noted last, of the call that is answered: its index in `parts`, and its shard. */
  #call: Call | undefined;
  #part = -1;
  #shard: ShardFront | undefined;

  /** Notes in which shard an acknowledged user record's aggregate was stored. */
  note(call: Call, item: number, shard: ShardFront): void {
    const { parts, partOf, isMarker } = call;
    if (parts === undefined || partOf === undefined || isMarker) return;
    const part = partOf[item] as number;
    if (part < 0 || (call === this.#call && part === this.#part && shard === this.#shard)) return;
    this.#call = call;
    this.#part = part;
    this.#shard = shard;
    const hash = this.hashOf(parts[part] as PutPart);
    if (hash !== undefined) shard.carried.note(hash);
  }

  /** The hash key of an aggregate; undefined if it has no partition key. */
  hashOf({ key, hash }: PutPart): bigint | undefined {
    if (hash !== undefined) return BigInt(hash);
    if (key === '') return undefined;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size === knownMax) this.#known.clear();
    const made = hashKeyOf(key);
    this.#known.set(key, made);
    return made;
  }
}
