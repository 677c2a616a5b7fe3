import type { PutPart } from '../../model/event.ts';
import { hashKeyOf } from '../../model/hash-key.ts';

/** So many keys of carriers are remembered with their hash. */
const knownMax = 16_384;

/** The hash keys to which records are sent that carry others: their own, not those of what they carry. */
export class Carriers {
  readonly #known = new Map<string, bigint>();

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
