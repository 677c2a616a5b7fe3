import { areApart, Numbers } from '../checks/streaming/numbers.ts';
import { ShardFront } from '../checks/streaming/shard-front.ts';
import { compareLimbs, copyLimbs } from '../model/sequences.ts';

/** That no sequence number stands in two shards of a history, wherever these are judged. */
export class NumbersApart {
  readonly #numbers = new Numbers(() => this.giveUp());
  readonly #fronts: ShardFront[] = [];
  #isOdd = false;

  /** The numbers of one answer, or of one page; `names[i]` is the shard of the number at `i`. */
  answered(shard: number, name: () => string, limbs: Int32Array, at: number): void {
    if (this.#isOdd) return;
    const front = this.#front(shard, name);
    widen(front, limbs, at);
    this.#numbers.note(front, limbs, at);
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
    return !this.#isOdd && (this.#numbers.isEncoded || areApart(Object.values(this.#fronts)));
  }

  /** Do those that were acknowledged at least ascend over all shards? */
  get areAscending(): boolean {
    return !this.#isOdd && this.#numbers.isAscending;
  }

  #front(shard: number, name: () => string): ShardFront {
    const known = this.#fronts[shard];
    if (known !== undefined) return known;
    const made = new ShardFront(shard, name());
    this.#fronts[shard] = made;
    return made;
  }
}

const widen = (front: ShardFront, limbs: Int32Array, at: number): void => {
  front.noteMin(limbs, at);
  if (compareLimbs(limbs, at, front.last, 0) > 0) copyLimbs(limbs, at, front.last, 0);
};
