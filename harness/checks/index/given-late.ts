import { pushTo } from '../../lib/push-to.ts';
import { Fenwick } from './fenwick.ts';
import type { Subjects } from './subjects.ts';

/** Something that was given, or done, after a larger number of its flow that lies behind it. */
export type GivenLate<T> = { readonly flow: number; readonly late: T; readonly early: T };

type Event = { readonly item: number; readonly position: number; readonly shard: number };

/**
 * By first events, in the order of lines. Only places that the stream has in the order of n, or at one place, are
 * compared. Contract, rule 16.
 */
export function* givenLate<T extends Event>(subjects: Subjects, events: readonly T[]): Generator<GivenLate<T>> {
  for (const [flow, own] of suspectsOf(subjects, events)) yield* lateIn(subjects, flow, own);
}

/** Flows in which a number came after a larger one; first events alone. */
const suspectsOf = <T extends Event>(
  { view, items }: Subjects,
  events: readonly T[],
): ReadonlyMap<number, readonly T[]> => {
  const { flow, n } = view.tables.records;
  const [met, top, suspects] = [new Set<number>(), new Map<number, number>(), new Set<number>()];
  const firsts = events.filter(({ item, position }) => {
    const record = items.recordOf(item);
    if (met.has(item) || position < 0 || record < 0 || n.at(record) < 0 || items.isMarker(item)) return false;
    met.add(item);
    const before = top.get(flow.at(record)) ?? -1;
    if (n.at(record) < before) suspects.add(flow.at(record));
    top.set(flow.at(record), Math.max(before, n.at(record)));
    return true;
  });
  const flows = new Map<number, T[]>();
  for (const one of firsts) if (suspects.has(flow.at(one.item))) pushTo(flows, flow.at(one.item), one);
  return flows;
};

function* lateIn<T extends Event>({ view }: Subjects, flow: number, own: readonly T[]): Generator<GivenLate<T>> {
  const { n } = view.tables.records;
  const numberOf = (index: number): number => n.at(own[index]?.item ?? -1);
  const shards = new Map<number, number[]>();
  own.forEach(({ shard }, index) => pushTo(shards, shard, index));
  const ranks = new Int32Array(own.length);
  const trees = new Map<number, Fenwick>();
  for (const [shard, indices] of shards) {
    // The highest place first: all that lie behind a place are a prefix.
    const places = [...new Set(indices.map((index) => own[index]?.position ?? -1))].sort((a, b) => b - a);
    const rankOf = new Map(places.map((place, rank) => [place, rank]));
    for (const index of indices) ranks[index] = rankOf.get(own[index]?.position ?? -1) ?? 0;
    trees.set(shard, new Fenwick(places.length, numberOf));
  }
  const top = new Map<number, number>();
  for (const [index, late] of own.entries()) {
    let best = trees.get(late.shard)?.best(ranks[index] ?? 0) ?? -1;
    for (const [shard, other] of top)
      if (
        shard !== late.shard &&
        numberOf(other) > Math.max(numberOf(index), best < 0 ? -1 : numberOf(best)) &&
        view.lineage.isAncestor(late.shard, shard)
      )
        best = other;
    const early = own[best];
    if (early !== undefined && numberOf(best) > numberOf(index)) yield { flow, late, early };
    trees.get(late.shard)?.add(ranks[index] ?? 0, index);
    const before = top.get(late.shard);
    if (before === undefined || numberOf(before) < numberOf(index)) top.set(late.shard, index);
  }
}
