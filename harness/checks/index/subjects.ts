import { oncePer } from '../../lib/once-per.ts';
import type { Owes } from '../../model/event.ts';
import { Deliveries, type Delivery } from './deliveries.ts';
import type { Reported } from './done-reports.ts';
import { GivenAt } from './given-at.ts';
import { Items } from './items.ts';
import { lastUpTo, placesNamed } from './places.ts';
import { type Saying, Sayings } from './sayings.ts';
import { readerOfRead, readLine, roleOf, type View } from './view.ts';
import { isDump } from './without-subjects.ts';

/** `upTo`: the highest known place that it leaves behind. */
export type Checkpoint = {
  readonly shard: number;
  readonly line: number;
  readonly upTo: number;
  readonly reported: Reported;
};

/**
 * What an application got of a shard: first and last place, and the line of the last delivery, redeliveries included.
 */
export type Stretch = { low: number; high: number; lastLine: number };

/** One application: all its readers, workers and lanes. */
export type Group = {
  readonly id: number;
  readonly name: string;
  readonly members: ReadonlySet<number>;
  /** What its members declare that it owes. All of it holds for the group. Empty: nothing is declared. */
  readonly owes: readonly Owes[];
  readonly isFiltering: boolean;
  readonly isKcl: boolean;
  readonly pages: number[];
  readonly deliveries: Deliveries;
  /** By shard. */
  readonly stretches: Map<number, Stretch>;
  readonly starts: Reported[];
  readonly dones: Sayings;
  readonly discards: Saying[];
  readonly checkpoints: Checkpoint[];
  isComplete: boolean;
};

export type Subjects = {
  readonly view: View;
  readonly items: Items;
  readonly groups: readonly Group[];
  /** Reads of final readers, in the order of lines. */
  readonly finals: readonly number[];
  readonly isDump: boolean;
  /** A final reader shows what there is to be handled, or it was proved that all was handled. */
  readonly isCompared: boolean;
};

/** What applications got and reported, laid out once for all claims about them. */
export const subjectsOf = ({ whole }: View): Subjects => subjectsIn(whole);

const subjectsIn = oncePer((whole: View): Subjects => readSubjects(whole));

export const hasSubject = ({ tables }: View): boolean => [...tables.roles.values()].includes('subject');

const readSubjects = (view: View): Subjects => {
  const items = new Items(view);
  const groups = groupsOf(view, items);
  const groupOf = new Map<number, Group>();
  for (const group of groups) for (const reader of group.members) groupOf.set(reader, group);
  const finals: number[] = [];
  const { tables } = view;
  for (let page = 0; page < tables.pageLine.length; page += 1)
    groupOf.get(tables.chains[tables.pageChain.at(page)]?.reader ?? -1)?.pages.push(page);
  for (let read = 0; read < tables.readPage.length; read += 1) {
    const reader = readerOfRead(view, read);
    // If it was proved that applications handled everything, the records in the view show something else.
    if (roleOf(view, reader) === 'final' && view.totals.handled.size === 0) finals.push(read);
    const group = groupOf.get(reader);
    if (group !== undefined) deliver(view, group, read);
  }
  for (const group of groups) tell(view, items, group);
  const isCompared = finals.length > 0 || view.totals.handled.size > 0;
  return { view, items, groups, finals, isDump: isDump(tables), isCompared };
};

const groupsOf = (view: View, items: Items): readonly Group[] => {
  const { tables } = view;
  const members = new Map<string, Set<number>>();
  for (const [reader, role] of tables.roles) {
    if (role !== 'subject') continue;
    const name = tables.readerSays.get(reader)?.group ?? tables.readers.name(reader);
    members.set(name, (members.get(name) ?? new Set()).add(reader));
  }
  return [...members].map(([name, readers], id) => {
    const says = [...readers].map((reader) => tables.readerSays.get(reader));
    return {
      id,
      name,
      members: readers,
      owes: says.flatMap((one) => one?.owes ?? []),
      isFiltering: says.some((one) => one?.filter === true),
      isKcl: says.some((one) => one?.aggregates === 'kcl'),
      pages: [],
      deliveries: new Deliveries(view, items),
      stretches: new Map(),
      starts: [],
      dones: new Sayings(tables.dones),
      discards: [],
      checkpoints: [],
      isComplete: false,
    };
  });
};

const deliver = (view: View, group: Group, read: number): void => {
  group.deliveries.add(read);
  const position = view.positions.ofRead[read] ?? -1;
  const shard = view.positions.shard.at(position);
  const lastLine = readLine(view, read);
  const stretch = group.stretches.get(shard);
  if (stretch === undefined) group.stretches.set(shard, { low: position, high: position, lastLine });
  else {
    stretch.low = Math.min(stretch.low, position);
    stretch.high = Math.max(stretch.high, position);
    stretch.lastLine = lastLine;
  }
};

const tell = (view: View, items: Items, group: Group): void => {
  const { dones, reported: others } = view.tables;
  const itemsMeant = meaning(view, items, group);
  for (let index = 0; index < dones.length; index += 1) {
    if (!group.members.has(dones.readerAt(index))) continue;
    for (const { item, position } of itemsMeant(dones.at(index))) group.dones.add(item, position, index);
  }
  for (const reported of others) {
    if (!group.members.has(reported.reader)) continue;
    const { event } = reported.event;
    if (event === 'complete') group.isComplete = true;
    else if (event === 'start') group.starts.push(reported);
    else if (event === 'checkpoint') group.checkpoints.push(...checkpointOf(view, reported));
    else if (event === 'discard')
      for (const placed of itemsMeant(reported))
        group.discards.push({ ...placed, shard: reported.shard, line: reported.line, reported });
  }
};

const checkpointOf = (view: View, reported: Reported): readonly Checkpoint[] => {
  const { shard, line, number, event } = reported;
  if (shard < 0) return [];
  if (event.at === 'SHARD_END') {
    return [{ shard, line, upTo: view.positions.first.at(shard) + view.positions.size.at(shard) - 1, reported }];
  }
  return number < 0 ? [] : [{ shard, line, upTo: lastUpTo(view, shard, number, event.sub), reported }];
};

type Placed = { readonly item: number; readonly position: number };

/** Returns what tells the records that a report means. */
const meaning = (view: View, items: Items, { deliveries }: Group): ((reported: Reported) => readonly Placed[]) => {
  let known: GivenAt | undefined;
  const givenAt = (position: number): readonly Delivery[] => {
    known ??= new GivenAt(deliveries, view.positions.count);
    return known.of(position);
  };
  return ({ shard, line, number, event: { sub } }) => {
    if (shard < 0 || number < 0) return [];
    const places = placesNamed(view, shard, number, sub);
    if (places.length === 0)
      return [{ item: items.nameless(`${shard} ${view.tables.sequences.text(number)} ${sub ?? ''}`), position: -1 }];
    return places.map((position) => ({ item: itemAt(items, givenAt(position), position, line), position }));
  };
};

/**
 * The item that an application means by a place: what is stored there. Of several, the one that it got last before the
 * line, else the one that it gets first. An item that it got and that is not stored there counts only if nothing is
 * stored.
 */
const itemAt = (items: Items, given: readonly Delivery[], position: number, line: number): number => {
  const known = new Set(items.allKnownAt(position));
  const possible = known.size === 0 ? given : given.filter(({ item }) => known.has(item));
  const meant = possible.findLast((one) => one.line < line) ?? possible[0];
  if (meant !== undefined) return meant.item;
  const [first] = known;
  return first ?? items.nameless(`at ${position}`);
};

/** True if the service, or another reader, has something at a place. */
export const isKnownPlace = (items: Items, position: number): boolean => position >= 0 && items.knownAt(position) >= 0;
