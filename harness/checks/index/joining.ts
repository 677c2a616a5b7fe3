import { pushTo } from '../../lib/push-to.ts';
import { dueAt } from './due-at.ts';
import type { Positions } from './positions.ts';
import type { Segment } from './segment.ts';
import { Stretches } from './stretches.ts';
import type { Chain } from './tables.ts';

/**
 * The segments of one reader on one shard, while its chains come. Finds the segment that a new chain continues; of
 * several, the one that began last. A reader may start again a hundred thousand times, so segments are not searched
 * one by one.
 */
export class Joining {
  readonly #positions: Positions;
  readonly #first: number;
  readonly #segments: Segment[] = [];
  readonly #indexes = new Map<Segment, number>();
  /** Segments that grew since `#last` was updated: most readers never start again. */
  readonly #grown = new Set<number>();
  /** Segments that delivered nothing yet, by where they began. */
  readonly #empty = new Map<string, number[]>();
  /**
   * By place: the last segment that a chain from there continues. Those are the places that the segment delivered, and
   * the next one.
   */
  readonly #last: Stretches;

  constructor(positions: Positions, shard: number) {
    this.#positions = positions;
    this.#first = positions.first.at(shard);
    this.#last = new Stretches(positions.size.at(shard) + 2);
  }

  joinedBy(chain: Chain): Segment | undefined {
    return this.#segments[Math.max(this.#lastEmpty(chain), this.#lastOver(chain))];
  }

  /** After the chain's records were added to the segment. */
  note(segment: Segment, chain: Chain): void {
    const index = this.#indexes.get(segment) ?? this.#segments.push(segment) - 1;
    this.#indexes.set(segment, index);
    if (segment.low >= 0) this.#grown.add(index);
    else if (segment.chains.length === 1) pushTo(this.#empty, this.#nameOf(chain), index);
  }

  #lastEmpty(chain: Chain): number {
    const name = this.#nameOf(chain);
    if (name === '') return -1;
    const list = this.#empty.get(name) ?? [];
    while (list.length > 0 && (this.#segments[list.at(-1) ?? -1]?.low ?? -1) >= 0) list.pop();
    return list.at(-1) ?? -1;
  }

  #lastOver(chain: Chain): number {
    const due = chain.from.type === 'TRIM_HORIZON' ? undefined : dueAt(this.#positions, chain);
    if (due === undefined) return -1;
    for (const index of this.#grown) {
      const { low = 0, high = 0 } = this.#segments[index] ?? {};
      this.#last.cover(low - this.#first, high + 1 - this.#first, index);
    }
    this.#grown.clear();
    return this.#last.over(due - this.#first);
  }

  /** Where a chain began, by the first place that it owes; '': unknown. */
  #nameOf(chain: Chain): string {
    const { type, at } = chain.from;
    const due = dueAt(this.#positions, chain);
    if (due !== undefined) return `${due}`;
    return type === 'AT_TIMESTAMP' ? `${type} ${at}` : '';
  }
}
