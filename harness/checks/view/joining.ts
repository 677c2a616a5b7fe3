import { pushTo } from '../../lib/push-to.ts';
import { compareSequence } from '../../model/sequence-number.ts';
import type { Segment } from './coverage.ts';
import type { Positions } from './positions.ts';
import type { Chain } from './tables.ts';

/**
 * The segments of one reader on one shard, while its chains come: which of them, the last begun first, does a new chain go on? A reader may start again
 * a hundred thousand times, so they are not asked one after the other.
 */
export class Joining {
  readonly #positions: Positions;
  readonly #first: number;
  readonly #size: number;
  readonly #segments: Segment[] = [];
  readonly #indexes = new Map<Segment, number>();
  /** Not yet laid over what they grew to: most readers never start again. */
  readonly #grown = new Set<number>();
  /** Segments that delivered nothing yet, by where they began. */
  readonly #empty = new Map<string, number[]>();
  /** The last segment over any stretch of places: place p is number 2p, and what lies between it and the one before is 2p-1. */
  readonly #last: Stretches;

  constructor(positions: Positions, shard: number) {
    this.#positions = positions;
    this.#first = positions.first.at(shard);
    this.#size = positions.size.at(shard);
    this.#last = new Stretches(2 * this.#size + 1);
  }

  joinedBy({ from }: Chain): Segment | undefined {
    const empty = this.#lastEmpty(from);
    const over = this.#lastOver(from);
    return this.#segments[Math.max(empty, over)];
  }

  /** After the chain's records were added to the segment. */
  note(segment: Segment, { from }: Chain): void {
    const index = this.#indexes.get(segment) ?? this.#segments.push(segment) - 1;
    this.#indexes.set(segment, index);
    if (segment.low >= 0) this.#grown.add(index);
    else if (segment.chains.length === 1) pushTo(this.#empty, nameOf(from), index);
  }

  #lastEmpty(from: Chain['from']): number {
    if (from.type === 'UNKNOWN' || from.type === 'LATEST') return -1;
    const list = this.#empty.get(nameOf(from)) ?? [];
    while (list.length > 0 && (this.#segments[list.at(-1) ?? -1]?.low ?? -1) >= 0) list.pop();
    return list.at(-1) ?? -1;
  }

  #lastOver({ type, seq }: Chain['from']): number {
    if (seq === undefined || (type !== 'AFTER_SEQUENCE_NUMBER' && type !== 'AT_SEQUENCE_NUMBER')) return -1;
    for (const index of this.#grown) {
      const { low = 0, high = 0 } = this.#segments[index] ?? {};
      this.#last.cover(2 * (low - this.#first), 2 * (high - this.#first), index);
    }
    this.#grown.clear();
    const from = this.#countBelow(seq, false);
    const to = this.#countBelow(seq, true);
    return from === to ? this.#last.over(2 * from - 1, 2 * from - 1) : this.#last.over(2 * from, 2 * (to - 1));
  }

  /** How many places lie below a number, or at it too. */
  #countBelow(seq: string, isAtToo: boolean): number {
    let [low, high] = [0, this.#size];
    while (low < high) {
      const middle = (low + high) >> 1;
      const compared = compareSequence(this.#positions.seq(this.#first + middle), seq);
      if (compared < 0 || (compared === 0 && isAtToo)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const nameOf = ({ type, seq, at }: Chain['from']): string => `${type} ${seq ?? ''} ${at ?? ''}`;

/** The largest index that was laid over any number of a stretch: a segment tree of which only what is used exists. */
class Stretches {
  readonly #size: number;
  /** By node: laid over all of it, and over anything in it. */
  readonly #whole = new Map<number, number>();
  readonly #any = new Map<number, number>();

  constructor(size: number) {
    this.#size = 2 ** Math.ceil(Math.log2(Math.max(2, size)));
  }

  cover(from: number, to: number, index: number): void {
    this.#cover(1, 0, this.#size - 1, { from, to, index });
  }

  over(from: number, to: number): number {
    return from > to || to < 0 ? -1 : this.#over(1, 0, this.#size - 1, { from, to });
  }

  #cover(node: number, low: number, high: number, laid: { from: number; to: number; index: number }): void {
    if (laid.to < low || high < laid.from) return;
    raise(this.#any, node, laid.index);
    if (laid.from <= low && high <= laid.to) return raise(this.#whole, node, laid.index);
    const middle = (low + high) >> 1;
    this.#cover(2 * node, low, middle, laid);
    this.#cover(2 * node + 1, middle + 1, high, laid);
  }

  #over(node: number, low: number, high: number, asked: { from: number; to: number }): number {
    if (asked.to < low || high < asked.from) return -1;
    if (asked.from <= low && high <= asked.to) return this.#any.get(node) ?? -1;
    if (!this.#any.has(node)) return -1;
    const middle = (low + high) >> 1;
    return Math.max(
      this.#whole.get(node) ?? -1,
      this.#over(2 * node, low, middle, asked),
      this.#over(2 * node + 1, middle + 1, high, asked),
    );
  }
}

const raise = (map: Map<number, number>, node: number, index: number): void => {
  if ((map.get(node) ?? -1) < index) map.set(node, index);
};
