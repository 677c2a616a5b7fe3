import { areApart, Numbers } from '../checks/streaming/numbers.ts';
import { ShardFront } from '../checks/streaming/shard-front.ts';
import { areSame, compareLimbs, copyLimbs, limbsPer } from '../model/sequences.ts';
import type { NumbersKind } from './part-head.ts';

/**
 * Checks that no sequence number occurs in two shards of a history, even if the shards are judged in different parts.
 */
export class NumbersApart {
  readonly #numbers = new Numbers(() => this.giveUp());
  readonly #fronts: ShardFront[] = [];
  #isOdd = false;
  /** The shard of the previous number. */
  #before: ShardFront | undefined;
  /** The first acknowledged number. `latest` is the last one. */
  #first: Int32Array | undefined;
  readonly #latest = new Int32Array(limbsPer);

  /** A sequence number of an answer, in order. */
  answered(shard: number, name: () => string, limbs: Int32Array, at: number): void {
    if (this.#isOdd) return;
    const front = this.#front(shard, name);
    widen(front, limbs, at);
    this.#first ??= limbs.slice(at, at + limbsPer);
    // User records of one aggregate have one number.
    const isSame = at > 0 && front === this.#before && areSame(limbs, at, limbs, at - limbsPer);
    this.#before = front;
    if (isSame) return;
    copyLimbs(limbs, at, this.#latest, 0);
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

  /** A sequence number that does not fit into the columns. */
  giveUp(): void {
    this.#isOdd = true;
  }

  /** The facts of a history, or of a piece of one. */
  get facts(): NumbersFacts {
    return {
      isOdd: this.#isOdd,
      isAscending: !this.#isOdd && this.#numbers.isAscending,
      isEncoded: this.#numbers.isEncoded,
      acked: this.#first === undefined ? null : [[...this.#first], [...this.#latest]],
      shards: Object.values(this.#fronts).map(({ id, min, last }) => ({ id, min: [...min], last: [...last] })),
    };
  }

  #front(shard: number, name: () => string): ShardFront {
    const known = this.#fronts[shard];
    if (known !== undefined) return known;
    const made = new ShardFront(shard, name());
    this.#fronts[shard] = made;
    return made;
  }
}

type Range = { readonly min: Int32Array; readonly last: Int32Array };

/** The facts of a piece of a history. A number is eight limbs, and shards are numbered in each piece. */
export type NumbersFacts = {
  readonly isOdd: boolean;
  readonly isAscending: boolean;
  readonly isEncoded: boolean;
  /** The first and the last acknowledged number. */
  readonly acked: readonly [readonly number[], readonly number[]] | null;
  readonly shards: readonly {
    readonly id: number;
    readonly min: readonly number[];
    readonly last: readonly number[];
  }[];
};

/** The kind of a history, from the facts of its pieces in order. `idOf` numbers the shards of all pieces. */
export const numbersOf = (
  pieces: readonly NumbersFacts[],
  idOf: (piece: number, shard: number) => number,
): NumbersKind => {
  if (pieces.some(({ isOdd }) => isOdd)) return 'unknown';
  if (pieces.every(({ isEncoded }) => isEncoded) || areApart(rangesOf(pieces, idOf))) return 'apart';
  return areAscending(pieces) ? 'ascending' : 'unknown';
};

const rangesOf = (
  pieces: readonly NumbersFacts[],
  idOf: (piece: number, shard: number) => number,
): readonly Range[] => {
  const ranges = new Map<number, Range>();
  for (const [piece, { shards }] of pieces.entries())
    for (const { id, min, last } of shards) {
      const shard = idOf(piece, id);
      const known = ranges.get(shard) ?? { min: Int32Array.from(min), last: Int32Array.from(last) };
      ranges.set(shard, known);
      if (compareLimbs(Int32Array.from(min), 0, known.min, 0) < 0) known.min.set(min);
      if (compareLimbs(Int32Array.from(last), 0, known.last, 0) > 0) known.last.set(last);
    }
  return [...ranges.values()];
};

const areAscending = (pieces: readonly NumbersFacts[]): boolean => {
  let top: Int32Array | undefined;
  for (const { isAscending, acked } of pieces) {
    if (!isAscending) return false;
    if (acked === null) continue;
    const [first, last] = acked;
    if (top !== undefined && compareLimbs(Int32Array.from(first), 0, top, 0) <= 0) return false;
    top = Int32Array.from(last);
  }
  return true;
};

const widen = (front: ShardFront, limbs: Int32Array, at: number): void => {
  front.noteMin(limbs, at);
  if (compareLimbs(limbs, at, front.last, 0) > 0) copyLimbs(limbs, at, front.last, 0);
};
