import { NotPlain } from '../checks/streaming/not-plain.ts';
import { Numbers } from '../checks/streaming/numbers.ts';
import { ShardFront } from '../checks/streaming/shard-front.ts';
import { compareLimbs, copyLimbs } from '../model/sequences.ts';

/** That no sequence number stands in two shards of a history, wherever these are judged. */
export class NumbersApart {
  readonly #numbers = new Numbers();
  readonly #fronts: ShardFront[] = [];
  #isOdd = false;

  /** The numbers of one answer, or of one page; `names[i]` is the shard of the number at `i`. */
  answered(shard: number, name: () => string, limbs: Int32Array, at: number): void {
    this.#try(() => {
      const front = this.#front(shard, name);
      widen(front, limbs, at);
      this.#numbers.note(front, limbs, at);
    });
  }

  /** After the last number of an answer. */
  rise(limbs: Int32Array): void {
    this.#numbers.rise(limbs);
  }

  read(shard: number, name: () => string, limbs: Int32Array, at: number): void {
    const front = this.#front(shard, name);
    widen(front, limbs, at);
  }

  /** A number that the columns do not hold. */
  giveUp(): void {
    this.#isOdd = true;
  }

  /** Do shards share no range, or does each number encode its own shard? */
  get areApart(): boolean {
    return !this.#isOdd && (this.#numbers.isEncoded || this.#haveOwnRanges());
  }

  /** Do those that were acknowledged at least ascend over all shards? */
  get areAscending(): boolean {
    return !this.#isOdd && this.#numbers.isAscending;
  }

  #try(note: () => void): void {
    if (this.#isOdd) return;
    try {
      note();
    } catch (thrown) {
      if (!(thrown instanceof NotPlain)) throw thrown;
      this.#isOdd = true;
    }
  }

  #front(shard: number, name: () => string): ShardFront {
    const known = this.#fronts[shard];
    if (known !== undefined) return known;
    const made = new ShardFront(shard, name());
    this.#fronts[shard] = made;
    return made;
  }

  #haveOwnRanges(): boolean {
    const met = Object.values(this.#fronts).sort((a, b) => compareLimbs(a.min, 0, b.min, 0));
    return met.every(
      (shard, index) => index === 0 || compareLimbs((met[index - 1] as ShardFront).last, 0, shard.min, 0) < 0,
    );
  }
}

const widen = (front: ShardFront, limbs: Int32Array, at: number): void => {
  front.noteMin(limbs, at);
  if (compareLimbs(limbs, at, front.last, 0) > 0) copyLimbs(limbs, at, front.last, 0);
};
