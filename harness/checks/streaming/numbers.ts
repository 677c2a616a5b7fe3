import { pushTo } from '../../lib/push-to.ts';
import { compareLimbs, copyLimbs, limbsPer, looksEncodedAt, low32Of, textOfLimbs } from '../../model/sequences.ts';
import { hasPlausibleTimes, isOfAnother } from '../index/encoding.ts';
import type { ShardFront } from './shard-front.ts';
import type { Spill } from './spills.ts';
import { sumOne, sumTwo } from './sums.ts';

/** True if no two shards have numbers in one range. */
export const areApart = (shards: Iterable<{ readonly min: Int32Array; readonly last: Int32Array }>): boolean => {
  const met = [...shards].sort((a, b) => compareLimbs(a.min, 0, b.min, 0));
  return met.every((shard, index) => {
    const before = met[index - 1];
    return before === undefined || compareLimbs(before.last, 0, shard.min, 0) < 0;
  });
};

/** Proves that no number is in two shards, without remembering all numbers. */
export class Numbers {
  readonly #spill: Spill;
  readonly #top = new Int32Array(limbsPer);
  /** Offset of the last number of this answer; undefined: none was noted yet. */
  #lastAt: number | undefined;
  /** Acknowledged numbers ascend over the stream, and no unacknowledged one is the same in another shard. */
  isAscending = true;
  isEncoded = true;
  /** Unacknowledged numbers that were read, by their first sum: the shard and the second sum. */
  readonly #unacked = new Map<number, { readonly shard: number; readonly two: number }[]>();

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /**
   * Takes a number of an answer; all its numbers are in `limbs`, in order. No number is in two shards if numbers
   * ascend over the stream, if each encodes its shard, or if the ranges of shards do not overlap (known at the end).
   */
  note(shard: ShardFront, limbs: Int32Array, at: number): void {
    if (this.isAscending) {
      const before = this.#lastAt;
      const order =
        before === undefined ? compareLimbs(limbs, at, this.#top, 0) : compareLimbs(limbs, at, limbs, before);
      this.isAscending = order > 0;
      this.#lastAt = at;
    }
    this.#noteEncoded(shard, limbs, at);
  }

  /** Takes a number that was read and never acknowledged: its order among the others is unknown. */
  noteUnacked(shard: ShardFront, limbs: Int32Array, at: number): void {
    this.#noteEncoded(shard, limbs, at);
    this.hold(shard.id, limbs, at);
    pushTo(this.#unacked, sumOne(limbs, at), { shard: shard.id, two: sumTwo(limbs, at) });
  }

  /**
   * Takes a number of a foreign record. There may be very many, so only encoded shards or separate ranges prove them.
   */
  noteForeign(shard: ShardFront, limbs: Int32Array, at: number): void {
    this.isAscending = false;
    this.#noteEncoded(shard, limbs, at);
  }

  /** True if a second reading must compare the acknowledged numbers with the unacknowledged ones. */
  get isToHold(): boolean {
    return this.isAscending && !this.isEncoded && this.#unacked.size > 0;
  }

  /** Compares a number with the unacknowledged ones of other shards. */
  hold(shard: number, limbs: Int32Array, at: number): void {
    const [others, two] = [this.#unacked.get(sumOne(limbs, at)), sumTwo(limbs, at)];
    if (others?.some((other) => other.two === two && other.shard !== shard) === true) this.isAscending = false;
  }

  #noteEncoded(shard: ShardFront, limbs: Int32Array, at: number): void {
    if (!looksEncodedAt(limbs, at)) {
      this.isEncoded = false;
      return;
    }
    const said = low32Of(limbs, at) >>> 4;
    if (said === shard.index) return;
    this.isEncoded = false;
    const isAnother = isOfAnother(said, shard.index) && hasPlausibleTimes(textOfLimbs(limbs, at));
    if (isAnother) this.#spill('all', 'a number that encodes another shard');
  }

  /** After the last number of an answer. */
  rise(limbs: Int32Array): void {
    if (this.#lastAt !== undefined) copyLimbs(limbs, this.#lastAt, this.#top, 0);
    this.#lastAt = undefined;
  }
}
