import { enlarged } from '../../lib/enlarged.ts';
import { copyLimbs, limbsPer } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';

/** A record that is kept to ask the checks about. */
export type Kept = {
  readonly flow: number;
  readonly n: number;
  readonly shard: number;
  readonly limbs: Int32Array;
};

/**
 * Of a flow: one more than the shard of its first record, 0 where none was read; which of the flow it is; and its
 * number.
 */
const perRow = 2 + limbsPer;

/**
 * Two records of the first flow of the workload of which two are read. Until then it is asked of every flow: a million
 * of them are read once, perhaps, before any is read twice.
 */
export class Sample {
  readonly kept: Kept[] = [];
  #firsts: Int32Array = new Int32Array(64 * perRow);

  get isWanted(): boolean {
    return this.kept.length === 0;
  }

  note(limbs: Int32Array, from: number, { flow, n }: Delivered, shard: number, isMarker: boolean): void {
    if (isMarker) return;
    const row = flow * perRow;
    while (row >= this.#firsts.length) this.#firsts = enlarged(this.#firsts, this.#firsts.length * 2);
    const first = (this.#firsts[row] as number) - 1;
    if (first < 0) {
      this.#firsts[row] = shard + 1;
      this.#firsts[row + 1] = n;
      copyLimbs(limbs, from, this.#firsts, row + 2);
      return;
    }
    const before = this.#firsts.slice(row + 2, row + perRow);
    this.kept.push({ flow, n: this.#firsts[row + 1] as number, shard: first, limbs: before });
    this.kept.push({ flow, n, shard, limbs: limbs.slice(from, from + limbsPer) });
    this.#firsts = new Int32Array(0);
  }
}
