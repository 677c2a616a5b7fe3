import { pushTo } from '../../lib/push-to.ts';
import { placesAt } from './places.ts';
import type { Group } from './subjects.ts';
import type { Chain } from './tables.ts';
import type { View } from './view.ts';

/**
 * Resumed inside an aggregate: what the reader already had of it. Contract, `from.sub`. Not what an earlier chain went
 * over: all that this one gave stands in the history.
 */
export const hadBefore = (view: View, group: Group): ReadonlySet<number> => {
  const had = new Set<number>();
  const chains = chainsOf(view, group);
  const covered = firstCovered(view, chains);
  for (const [order, chain] of chains.entries()) {
    const { shard, from } = chain;
    if (from.seq === undefined || from.sub === undefined) continue;
    const beginning = beginningOf(view, chain);
    for (let position = placesOf(view, shard, from.seq)[0]; position < beginning; position += 1)
      if ((covered.get(position) ?? order) >= order) had.add(position);
  }
  return had;
};

/** By place: the first of some chains that went over it, from its beginning to the highest place that it gave. */
const firstCovered = (view: View, chains: readonly Chain[]): ReadonlyMap<number, number> => {
  const covered = new Map<number, number>();
  const jumps = new Map<number, number>();
  const open = (from: number): number => {
    let position = from;
    for (let next = jumps.get(position); next !== undefined; next = jumps.get(position)) position = next;
    if (position > from) jumps.set(from, position);
    return position;
  };
  for (const [order, chain] of chains.entries()) {
    const [low, high] = [beginningOf(view, chain), highestOf(view, chain)];
    for (let position = open(low); position <= high; position = open(position)) {
      covered.set(position, order);
      jumps.set(position, high + 1);
    }
  }
  return covered;
};

/** -1: it gave nothing. */
const highestOf = ({ tables, positions }: View, { pages }: Chain): number => {
  let highest = -1;
  for (const page of pages) {
    const first = tables.pageFirst.at(page);
    for (let read = first; read < first + tables.pageCount.at(page); read += 1)
      highest = Math.max(highest, positions.ofRead[read] ?? -1);
  }
  return highest;
};

/** The first place that a chain would give; where its iterator names none, the first that it gave. */
const beginningOf = (view: View, { shard, from: { type, seq, sub }, pages }: Chain): number => {
  const { positions, tables } = view;
  if (type === 'TRIM_HORIZON') return positions.first.at(shard);
  if (seq !== undefined) {
    const [first, end] = placesOf(view, shard, seq);
    if (sub === undefined) return type === 'AT_SEQUENCE_NUMBER' ? first : end;
    let position = first;
    while (position < end && positions.sub(position) <= sub) position += 1;
    return position;
  }
  const page = pages.find((one) => tables.pageCount.at(one) > 0);
  const first = page === undefined ? undefined : positions.ofRead[tables.pageFirst.at(page)];
  return first ?? Number.POSITIVE_INFINITY;
};

const placesOf = (view: View, shard: number, seq: string): readonly [number, number] => {
  const { sequence, sequences } = view.tables;
  sequence.read(seq);
  return placesAt(view, shard, sequences.pushParts(sequence));
};

/** Those of a group, in the order in which they began; none where nobody resumed inside an aggregate. */
const chainsOf = (view: View, { members }: Group): readonly Chain[] =>
  [...members]
    .flatMap((reader) => resumingOf(view).get(reader) ?? [])
    .sort((a, b) => a - b)
    .flatMap((chain) => view.tables.chains[chain] ?? []);

const known = new WeakMap<View, ReadonlyMap<number, readonly number[]>>();

/** By reader, of all readers where one resumed inside an aggregate. Few do: looked for once, for all groups. */
const resumingOf = (view: View): ReadonlyMap<number, readonly number[]> => {
  const before = known.get(view);
  if (before !== undefined) return before;
  const { chains } = view.tables;
  const made = new Map<number, number[]>();
  if (chains.some(({ from }) => from.seq !== undefined && from.sub !== undefined))
    for (const [chain, { reader }] of chains.entries()) pushTo(made, reader, chain);
  known.set(view, made);
  return made;
};
