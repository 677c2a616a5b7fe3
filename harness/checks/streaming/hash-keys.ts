import { Ints } from '../../lib/columns.ts';
import type { Spill } from './spills.ts';

/**
 * The ExplicitHashKeys of a run in which all records have one, and each key always has the same. Most runs have none.
 */
export class HashKeys {
  readonly #spill: Spill;
  /** By key id: the id of its hash key plus one; 0: none yet. */
  readonly #ofKey = new Ints();
  isAnySent = false;
  isUsed = false;

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /** `key` and `hash` are ids. `hash` -1: none was sent. */
  note(key: number, hash: number): void {
    if (!this.isAnySent) this.isUsed = hash >= 0;
    this.isAnySent = true;
    if (this.isUsed !== hash >= 0) return this.#spill('all', 'records with an ExplicitHashKey among others');
    if (hash >= 0) this.#hold(key, hash);
  }

  #hold(key: number, hash: number): void {
    while (this.#ofKey.length <= key) this.#ofKey.push(0);
    const known = this.#ofKey.at(key);
    if (known !== 0 && known !== hash + 1) return this.#spill('all', 'a key with two ExplicitHashKeys');
    this.#ofKey.set(key, hash + 1);
  }

  /** The id of the key's hash key; -1: none. */
  of(key: number): number {
    return this.#ofKey.at(key) - 1;
  }
}
