/**
 * Finds the largest index whose stretch covers a number. A segment tree of which only the used nodes exist: leaves
 * begin at `size`, and each node is above its two halves.
 */
export class Stretches {
  readonly #size: number;
  /** By node: the largest index that covers all of it. */
  readonly #whole = new Map<number, number>();

  constructor(size: number) {
    this.#size = size;
  }

  /** `from` and `to` are both included. */
  cover(from: number, to: number, index: number): void {
    let low = this.#size + from;
    for (let end = this.#size + to + 1; low < end; end >>= 1) {
      if ((low & 1) === 1) raise(this.#whole, low, index);
      if ((end & 1) === 1) raise(this.#whole, end - 1, index);
      low = (low + 1) >> 1;
    }
  }

  over(number: number): number {
    let last = -1;
    for (let node = this.#size + number; node > 0; node >>= 1) last = Math.max(last, this.#whole.get(node) ?? -1);
    return last;
  }
}

const raise = (map: Map<number, number>, node: number, index: number): void => {
  if ((map.get(node) ?? -1) < index) map.set(node, index);
};
