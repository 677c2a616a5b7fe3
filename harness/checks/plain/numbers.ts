import { compareLimbs, copyLimbs, limbsPer, looksEncodedAt, low32Of, textOfLimbs } from '../../model/sequences.ts';
import { hasPlausibleTimes, isOfAnother } from '../view/encoding.ts';
import { mustBe } from './not-plain.ts';
import type { ShardFront } from './shard-front.ts';

/** That no number stands in two shards, without remembering them all. */
export class Numbers {
  readonly #top = new Int32Array(limbsPer);
  /** Where the last of an answer stands; undefined: nothing was noted since. */
  #lastAt: number | undefined;
  isAscending = true;
  isEncoded = true;

  /** One of an answer, whose numbers stand in `limbs` one behind the other. No number in two shards: they ascend all over the stream, or each encodes its own shard; or, at the end, shards share no range. */
  note(shard: ShardFront, limbs: Int32Array, at: number): void {
    if (this.isAscending) {
      const order = at === 0 ? compareLimbs(limbs, 0, this.#top, 0) : compareLimbs(limbs, at, limbs, at - limbsPer);
      this.isAscending = order > 0;
      this.#lastAt = at;
    }
    if (!looksEncodedAt(limbs, at)) {
      this.isEncoded = false;
      return;
    }
    const said = low32Of(limbs, at) >>> 4;
    if (said === shard.index) return;
    this.isEncoded = false;
    const isAnother = isOfAnother(said, shard.index) && hasPlausibleTimes(textOfLimbs(limbs, at));
    mustBe(!isAnother, 'a number that encodes another shard');
  }

  /** After the last number of an answer. */
  rise(limbs: Int32Array): void {
    if (this.#lastAt !== undefined) copyLimbs(limbs, this.#lastAt, this.#top, 0);
    this.#lastAt = undefined;
  }
}
