/**
 * A Fenwick tree over prefixes: how many records stand in a prefix, and which of them scores highest. O(log n) each.
 */
export class Fenwick {
  readonly #counts: Int32Array;
  readonly #best: Int32Array;
  readonly #score: (record: number) => number;
  /** Former values of `#best`, in the order of adding, so that the last `add` can be taken back. */
  readonly #before: number[] = [];

  constructor(size: number, score: (record: number) => number) {
    this.#counts = new Int32Array(size + 1);
    this.#best = new Int32Array(size + 1).fill(-1);
    this.#score = score;
  }

  add(index: number, record: number): void {
    for (let at = index + 1; at < this.#counts.length; at += at & -at) {
      this.#counts[at] = (this.#counts[at] ?? 0) + 1;
      const best = this.#best[at] ?? -1;
      this.#before.push(best);
      if (best < 0 || this.#score(record) > this.#score(best)) this.#best[at] = record;
    }
  }

  /** Takes back the last `add`, which was at this index. */
  removeLast(index: number): void {
    const path: number[] = [];
    for (let at = index + 1; at < this.#counts.length; at += at & -at) path.push(at);
    for (const at of path.toReversed()) {
      this.#counts[at] = (this.#counts[at] ?? 0) - 1;
      this.#best[at] = this.#before.pop() ?? -1;
    }
  }

  /** How many records are at indices below `end`. */
  count(end: number): number {
    let sum = 0;
    for (let at = end; at > 0; at -= at & -at) sum += this.#counts[at] ?? 0;
    return sum;
  }

  /** The record with the highest score below `end`; -1: none. */
  best(end: number): number {
    let found = -1;
    for (let at = end; at > 0; at -= at & -at) {
      const record = this.#best[at] ?? -1;
      if (record >= 0 && (found < 0 || this.#score(record) > this.#score(found))) found = record;
    }
    return found;
  }
}
