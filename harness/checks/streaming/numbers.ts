import { pushTo } from '../../lib/push-to.ts';
import { compareLimbs, copyLimbs, limbsPer, looksEncodedAt, low32Of, textOfLimbs } from '../../model/sequences.ts';
import { hasPlausibleTimes, isOfAnother } from '../index/encoding.ts';
import type { ShardFront } from './shard-front.ts';
import type { Spill } from './spills.ts';
import { sumOne, sumTwo } from './sums.ts';

/** No two shards have numbers in one range. */
export const areApart = (shards: Iterable<{ readonly min: Int32Array; readonly last: Int32Array }>): boolean => {
  const met = [...shards].sort((a, b) => compareLimbs(a.min, 0, b.min, 0));
  return met.every((shard, index) => {
    const before = met[index - 1];
    return before === undefined || compareLimbs(before.last, 0, shard.min, 0) < 0;
  });
};

/** That no number stands in two shards, without remembering them all. */
export class Numbers {
  readonly #spill: Spill;
  readonly #top = new Int32Array(limbsPer);
  /** Where the last of an answer stands; undefined: nothing was noted since. */
  #lastAt: number | undefined;
  /** Acknowledged ones do, and no other is one of these in another shard. */
  isAscending = true;
  isEncoded = true;
  /** Of those that were acknowledged to nobody, by their first sum: their shard and their second sum. */
  readonly #unacked = new Map<number, { readonly shard: number; readonly two: number }[]>();

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /**
   * One of an answer, whose numbers stand in `limbs`, each behind those before it. No number in two shards: they ascend
   * all over the stream, or each encodes its own shard; or, at the end, shards share no range.
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

  /** One that was read, and acknowledged to nobody: where it stands among the others is not known. */
  noteUnacked(shard: ShardFront, limbs: Int32Array, at: number): void {
    this.#noteEncoded(shard, limbs, at);
    this.hold(shard.id, limbs, at);
    pushTo(this.#unacked, sumOne(limbs, at), { shard: shard.id, two: sumTwo(limbs, at) });
  }

  /** One of others, of which there may be very many: it encodes its shard, or shards share no range. */
  noteForeign(shard: ShardFront, limbs: Int32Array, at: number): void {
    this.isAscending = false;
    this.#noteEncoded(shard, limbs, at);
  }

  /** Must the numbers that were acknowledged be held to those that were not, on a second reading? */
  get isToHold(): boolean {
    return this.isAscending && !this.isEncoded && this.#unacked.size > 0;
  }

  /** None of those that were acknowledged to nobody is the same, in another shard. */
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
