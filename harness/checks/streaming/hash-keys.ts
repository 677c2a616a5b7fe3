import { Ints } from '../../lib/columns.ts';
import type { Spill } from './spills.ts';

/** The ExplicitHashKeys of a run in which all records have one, each key always the same; of most runs it is empty. */
export class HashKeys {
  readonly #spill: Spill;
  /** By key: its hash key, by id, and one; 0: none yet. */
  readonly #ofKey = new Ints();
  isAnySent = false;
  isUsed = false;

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /** By their ids. `hash` -1: none was sent. */
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

  /** -1: none. */
  of(key: number): number {
    return this.#ofKey.at(key) - 1;
  }
}
