import { oncePer } from '../../lib/once-per.ts';
import { pushTo } from '../../lib/push-to.ts';
import { dueAt } from './due-at.ts';
import { deliveryColumns } from './pages.ts';
import type { Group } from './subjects.ts';
import type { Chain } from './tables.ts';
import type { View } from './view.ts';

/**
 * Places that a reader already had when it resumed inside an aggregate. Contract, `from.sub`. Without places that an
 * earlier chain went over: all that such a chain delivered is in the history.
 */
export const hadBefore = (view: View, group: Group): ReadonlySet<number> => {
  const had = new Set<number>();
  const chains = chainsOf(view, group);
  const covered = firstCovered(view, chains);
  for (const [order, chain] of chains.entries()) {
    const { seq, sub } = chain.from;
    if (seq === undefined || sub === undefined) continue;
    const beginning = beginningOf(view, chain);
    const aggregate = beginningOf(view, { ...chain, from: { type: 'AT_SEQUENCE_NUMBER', seq } });
    for (let position = aggregate; position < beginning; position += 1)
      if ((covered.get(position) ?? order) >= order) had.add(position);
  }
  return had;
};

/**
 * By place: the first of these chains that went over it, from its beginning to the highest place that it delivered.
 */
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

/** The highest place that a chain delivered; -1: none. */
const highestOf = (view: View, chain: Chain): number => {
  let highest = -1;
  for (const position of deliveryColumns(view, chain).positions) highest = Math.max(highest, position);
  return highest;
};

/** The first place that a chain owes; if its iterator names none, the first that it delivered. */
const beginningOf = (view: View, chain: Chain): number =>
  dueAt(view.positions, chain) ?? deliveryColumns(view, chain).positions[0] ?? Number.POSITIVE_INFINITY;

/** The chains of a group, in the order in which they began; none if nobody resumed inside an aggregate. */
const chainsOf = (view: View, { members }: Group): readonly Chain[] =>
  [...members]
    .flatMap((reader) => resumingOf(view).get(reader) ?? [])
    .sort((a, b) => a - b)
    .flatMap((chain) => view.tables.chains[chain] ?? []);

/** The chains of each reader, if any reader resumed inside an aggregate. Few do: this is read once, for all groups. */
const resumingOf = oncePer((view: View): ReadonlyMap<number, readonly number[]> => {
  const { chains } = view.tables;
  const made = new Map<number, number[]>();
  if (chains.some(({ from }) => from.seq !== undefined && from.sub !== undefined))
    for (const [chain, { reader }] of chains.entries()) pushTo(made, reader, chain);
  return made;
});
