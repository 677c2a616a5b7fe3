import { pushTo } from '../../lib/push-to.ts';
import { areSame, limbsPer } from '../../model/sequences.ts';

/** The places of foreign records that a second reading keeps, because they are part of a finding. */
export class KeptForeign {
  /** By shard. */
  readonly #kept = new Map<number, Int32Array[]>();

  keep(shard: number, place: Int32Array): void {
    pushTo(this.#kept, shard, place);
  }

  holds(shard: number, limbs: Int32Array, item: number): boolean {
    return this.#kept.get(shard)?.some((place) => areSame(place, 0, limbs, item * limbsPer)) === true;
  }
}
