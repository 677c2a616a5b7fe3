import type { PutPart } from '../../model/event.ts';
import { hashKeyOf } from '../../model/hash-key.ts';
import type { Call } from './open-calls.ts';
import type { ShardFront } from './shard-front.ts';

/** So many keys of carriers are remembered with their hash. */
const knownMax = 16_384;

/** The hash keys to which records are sent that carry others: their own, not those of what they carry. */
export class Carriers {
  readonly #known = new Map<string, bigint>();

  /** Of the call that is answered: by which of its records the last one was carried, and where it lies. */
  #call: Call | undefined;
  #part = -1;
  #shard: ShardFront | undefined;

  /** The shard in which a record of a call lies: its carrier leads there, if it has one. */
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

  /** Undefined: it leads nowhere. */
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
