/** So many stretches that were skipped are remembered, and up to as many more. */
const gapsMax = 1024;

/** Why a call is odd whose number `take` refuses. */
export const numberedTwice = 'a call number used twice, or call numbers too far out of order to tell';

type Gap = { readonly first: number; readonly last: number };

/**
 * Which numbers calls had: that of no two may be the same. Nearly always they are numbered as they are sent; several
 * writers may have a range each, or number first and send later. So what is remembered is what was skipped, and
 * how far they got.
 */
export class OpNumbers {
  #last = -1;
  /** Ascending; that no call had yet. */
  readonly #gaps: Gap[] = [];

  /** False: a call had it before, or it is not known any more whether one had. */
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
