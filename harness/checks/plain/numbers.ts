import { limbsPer, looksEncodedAt, low32Of, textOfLimbs } from '../../model/sequences.ts';
import { hasPlausibleTimes, isOfAnother } from '../view/encoding.ts';
import { compareLimbs, copyLimbs } from './limbs.ts';
import { mustBe } from './not-plain.ts';
import type { ShardFront } from './shard-front.ts';

/** That no number stands in two shards, without remembering them all. */
export class Numbers {
  readonly #top = new Float64Array(limbsPer);
  isAscending = true;
  isEncoded = true;

  /** No number in two shards: they ascend all over the stream, or each encodes its own shard; or, at the end, shards share no range. */
  note(shard: ShardFront, limbs: Float64Array, at: number): void {
    if (compareLimbs(limbs, at, shard.min, 0) < 0) copyLimbs(limbs, at, shard.min, 0);
    if (compareLimbs(limbs, at, this.#top, 0) > 0) copyLimbs(limbs, at, this.#top, 0);
    else this.isAscending = false;
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
}
