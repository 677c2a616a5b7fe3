import { Firsts } from '../../lib/firsts.ts';
import { pushTo } from '../../lib/push-to.ts';
import { clockSkewOf } from './clocks.ts';
import type { Events } from './deliveries.ts';
import { Fenwick } from './fenwick.ts';
import type { Stamp } from './machines.ts';
import type { Subjects } from './subjects.ts';
import type { View } from './view.ts';

/** A record that an application got, or did, after one with a larger number of its flow that is behind it. */
export type GivenLate<T> = { readonly flow: number; readonly late: T; readonly early: T };

type Event = { readonly item: number; readonly position: number; readonly shard: number };

/**
 * Compares the first events of records, in the order of lines. Only places that the stream has in the order of n, or
 * at one place, are compared. Events of two machines must lie further apart than their clocks may differ. Contract,
 * rule 16.
 */
export function* givenLate<T extends Event>(
  subjects: Subjects,
  events: Events<T>,
  stampOf: (event: T) => Stamp,
): Generator<GivenLate<T>> {
  for (const [flow, own] of suspectsOf(subjects, events)) yield* lateIn(subjects, flow, own, stampOf);
}

/** Flows in which a number came after a larger one, with the first events of their records. */
const suspectsOf = <T extends Event>(
  { view, items }: Subjects,
  events: Events<T>,
): ReadonlyMap<number, readonly T[]> => {
  const { flow, flows, n } = view.tables.records;
  const [met, suspects] = [new Firsts(), new Set<number>()];
  const top = new Float64Array(flows).fill(-1);
  let index = -1;
  for (const { item, position } of events) {
    index += 1;
    const record = items.recordOf(item);
    if (position < 0 || record < 0 || n.at(record) < 0 || items.isMarker(item) || met.note(item, index) >= 0) continue;
    const own = flow.at(record);
    const before = top[own] as number;
    if (n.at(record) < before) suspects.add(own);
    else top[own] = n.at(record);
  }
  return suspects.size === 0 ? new Map() : firstsOf(events, met, (item) => flow.at(item), suspects);
};

/** The first events of the records of some flows, by flow. */
const firstsOf = <T extends Event>(
  events: Events<T>,
  met: Firsts,
  flowOf: (item: number) => number,
  suspects: ReadonlySet<number>,
): ReadonlyMap<number, readonly T[]> => {
  const own = new Map<number, T[]>();
  let index = -1;
  for (const event of events) {
    index += 1;
    if (met.of(event.item) === index && suspects.has(flowOf(event.item))) pushTo(own, flowOf(event.item), event);
  }
  return own;
};

function* lateIn<T extends Event>(
  { view }: Subjects,
  flow: number,
  own: readonly T[],
  stampOf: (event: T) => Stamp,
): Generator<GivenLate<T>> {
  const skew = clockSkewOf(view.tables.head);
  const anywhere = new Before(view, own);
  const machines = new Map<string, Before>();
  let next = 0;
  for (const [index, late] of own.entries()) {
    const stamp = skew === 0 ? undefined : stampOf(late);
    for (let one = own[next]; one !== undefined && next < index; one = own[++next]) {
      if (stamp !== undefined && stamp.t - stampOf(one).t <= skew) break;
      anywhere.add(next);
    }
    const here = stamp === undefined ? undefined : (machines.get(stamp.machine) ?? new Before(view, own));
    const best = anywhere.largest(anywhere.above(index), here?.above(index) ?? -1);
    const early = own[best];
    if (early !== undefined) yield { flow, late, early };
    if (stamp !== undefined && here !== undefined) machines.set(stamp.machine, here);
    here?.add(index);
  }
}

/** Earlier events of one flow. Finds the one with the largest number among those behind a place. */
class Before {
  readonly #view: View;
  readonly #own: readonly Event[];
  readonly #ranks: Int32Array;
  readonly #trees = new Map<number, Fenwick>();
  /** By shard: the largest number. */
  readonly #top = new Map<number, number>();

  constructor(view: View, own: readonly Event[]) {
    this.#view = view;
    this.#own = own;
    this.#ranks = new Int32Array(own.length);
    const shards = new Map<number, number[]>();
    own.forEach(({ shard }, index) => pushTo(shards, shard, index));
    for (const [shard, indices] of shards) this.#rank(shard, indices);
  }

  add(index: number): void {
    const shard = this.#shardOf(index);
    this.#trees.get(shard)?.add(this.#ranks[index] ?? 0, index);
    this.#top.set(shard, this.largest(this.#top.get(shard) ?? -1, index));
  }

  /** The earlier event behind this one with the largest number; -1: none has a larger number. */
  above(index: number): number {
    const shard = this.#shardOf(index);
    let best = this.#trees.get(shard)?.best(this.#ranks[index] ?? 0) ?? -1;
    for (const [other, top] of this.#top)
      if (other !== shard && this.#numberOf(top) > this.#numberOf(index) && this.#view.lineage.isAncestor(shard, other))
        best = this.largest(best, top);
    return this.#numberOf(best) > this.#numberOf(index) ? best : -1;
  }

  /** The event with the larger number; if both have the same, the first. */
  largest(one: number, other: number): number {
    return one < 0 || this.#numberOf(other) > this.#numberOf(one) ? other : one;
  }

  /** The highest place has rank 0, so that all places behind another one are a prefix. */
  #rank(shard: number, indices: readonly number[]): void {
    const places = [...new Set(indices.map((index) => this.#own[index]?.position ?? -1))].sort((a, b) => b - a);
    const rankOf = new Map(places.map((place, rank) => [place, rank]));
    for (const index of indices) this.#ranks[index] = rankOf.get(this.#own[index]?.position ?? -1) ?? 0;
    this.#trees.set(shard, new Fenwick(places.length, (one) => this.#numberOf(one)));
  }

  #shardOf(index: number): number {
    return this.#own[index]?.shard ?? -1;
  }

  #numberOf(index: number): number {
    return index < 0 ? -1 : this.#view.tables.records.n.at(this.#own[index]?.item ?? -1);
  }
}
