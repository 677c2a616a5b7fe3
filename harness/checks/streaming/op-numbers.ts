/** At twice so many gaps, the oldest of them are forgotten. */
const gapsMax = 1024;

/** Why everything is spilled if `take` returns false. */
export const numberedTwice = 'a call number used twice, or call numbers too far out of order to tell';

type Gap = { readonly first: number; readonly last: number };

/**
 * Finds out whether two calls have the same number. Calls are mostly numbered as they are sent; but several writers
 * may have a range each, or number first and send later. So the highest number is remembered, and the gaps below it.
 */
export class OpNumbers {
  #last = -1;
  /** Numbers that no call had yet, ascending. */
  readonly #gaps: Gap[] = [];

  /** Returns false if a call had this number before, or if that is no longer known. */
  take(op: number): boolean {
    if (op <= this.#last) return this.#fill(op);
    if (op > this.#last + 1) this.#passOver({ first: this.#last + 1, last: op - 1 });
    this.#last = op;
    return true;
  }

  #passOver(gap: Gap): void {
    this.#gaps.push(gap);
    if (this.#gaps.length === gapsMax * 2) this.#gaps.splice(0, gapsMax);
  }

  #fill(op: number): boolean {
    const index = this.#gaps.findLastIndex(({ first }) => first <= op);
    const gap = this.#gaps[index];
    if (gap === undefined || gap.last < op) return false;
    const left = [
      { first: gap.first, last: op - 1 },
      { first: op + 1, last: gap.last },
    ].filter(({ first, last }) => first <= last);
    this.#gaps.splice(index, 1, ...left);
    return this.#gaps.length < gapsMax * 2;
  }
}
