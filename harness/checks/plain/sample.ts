import { limbsPer } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';

/** A record that is kept to ask the checks about. */
export type Kept = {
  readonly flow: number;
  readonly n: number;
  readonly shard: number;
  readonly limbs: Int32Array;
};

/** Two records of the first flow of the workload of which two are read. */
export class Sample {
  readonly kept: Kept[] = [];
  readonly #firsts = new Map<number, Kept>();

  get isWanted(): boolean {
    return this.kept.length === 0;
  }

  note(limbs: Int32Array, from: number, record: Delivered, shard: number, isMarker: boolean): void {
    if (isMarker) return;
    const { flow, n } = record;
    const own = limbs.slice(from, from + limbsPer);
    const one: Kept = { flow, n, shard, limbs: own };
    const first = this.#firsts.get(flow);
    if (first === undefined) this.#firsts.set(flow, one);
    else {
      this.kept.push(first, one);
      this.#firsts.clear();
    }
  }
}
