import { pushTo } from '../../lib/push-to.ts';
import { firstAskedOf } from './finality.ts';
import { isOfSubject } from './items.ts';
import { isRetainedAt } from './presence.ts';
import type { Segment } from './segment.ts';
import { type Group, isKnownPlace, type Subjects } from './subjects.ts';
import { acksAt, readsAt, roleOf, type View } from './view.ts';

/** A record that an application says it got, has done or gave up, without any other trace of it. `what`: a clause. */
export type Claimed = {
  readonly item: number;
  readonly position: number;
  readonly line: number;
  readonly shard: number;
  readonly number: number;
  readonly what: 'was given' | 'was done with' | 'gave up';
};

/** Each claim once, if a final reader covers its place. Contract, rule 14. */
export function* claimsOf(subjects: Subjects, group: Group): Generator<Claimed> {
  if (subjects.isDump || subjects.finals.length === 0) return;
  const { view, items } = subjects;
  const covers = coveredByFinal(view);
  const said = new Set<string>();
  for (const { item, position, line, shard, read, page } of group.deliveries) {
    if (hasOther(subjects, position, item, read)) continue;
    const name = `${position} ${item}`;
    if (said.has(name) || !covers(shard, view.positions.number(position), { line, t: view.tables.pageT.at(page) }))
      continue;
    said.add(name);
    yield { item, position, line, shard, number: view.positions.number(position), what: 'was given' };
  }
  const isGiven = givenTest(group);
  for (const [what, list] of [
    ['was done with', group.dones],
    ['gave up', group.discards],
  ] as const) {
    for (const { item, position, line, shard, reported } of list) {
      if (isKnownPlace(items, position) || isGiven(position)) continue;
      const name = `${shard} ${view.tables.sequences.text(reported.number)} ${reported.event.sub ?? ''}`;
      if (said.has(name) || !covers(shard, reported.number, { line, t: reported.t })) continue;
      said.add(name);
      yield { item, position, line, shard, number: reported.number, what };
    }
  }
}

/** Returns a test whether the application was given something from a place. */
const givenTest = ({ deliveries }: Group): ((position: number) => boolean) => {
  let given: Set<number> | undefined;
  return (position) => {
    if (given === undefined) {
      given = new Set();
      for (const one of deliveries) given.add(one.position);
    }
    return given.has(position);
  };
};

/** True if an acknowledgement, a fetch or another reader's page has the same record there, as far as both tell. */
const hasOther = ({ view, items }: Subjects, position: number, item: number, given: number): boolean => {
  const { tables } = view;
  const digest = tables.digestOfRead(given);
  const isSame = (other: number): boolean => tables.digests.maySame(other, digest);
  for (const entry of acksAt(view, position))
    if (items.ofEntry(entry) === item && isSame(tables.entryDigest.at(entry))) return true;
  for (const read of readsAt(view, position)) {
    if (isOfSubject(view, read)) continue;
    if ((items.ofRead(read) === item || tables.readRecord.at(read) < 0) && isSame(tables.digestOfRead(read)))
      return true;
  }
  return false;
};

/** When an application spoke of a record. */
type Said = { readonly line: number; readonly t: number };

/**
 * Returns a test whether a final reader covers a number: from its first to its last delivered position; from the
 * beginning of the shard if it began there; to the end if it reached that. Contract, 7. A reader from the beginning
 * also covers what was there before a line on which it had caught up. A reader that began after the retention of what
 * was said proves nothing.
 */
const coveredByFinal = (view: View): ((shard: number, number: number, said: Said) => boolean) => {
  const { tables, positions } = view;
  const readings = new Map<number, Reading[]>();
  for (const segment of view.segments) {
    if (roleOf(view, segment.reader) !== 'final' || !(segment.isFromTrim || segment.low >= 0)) continue;
    const isToEnd = segment.isEnded && view.lineage.shards[segment.shard]?.isClosedAtEnd === true;
    const { low, high, isFromTrim } = segment;
    const caughtUpLine = isToEnd ? Number.POSITIVE_INFINITY : isFromTrim ? caughtUpOf(view, segment) : -1;
    const asked = firstAskedOf(view, segment);
    pushTo(readings, segment.shard, { low: isFromTrim ? -1 : low, high, caughtUpLine, asked });
  }
  const compare = (position: number, number: number): number =>
    tables.sequences.compare(positions.number(position), number);
  return (shard, number, { line, t }) =>
    (readings.get(shard) ?? []).some(
      ({ low, high, caughtUpLine, asked }) =>
        isRetainedAt(view, t, asked) &&
        (low < 0 || compare(low, number) <= 0) &&
        (line < caughtUpLine || (high >= 0 && compare(high, number) >= 0)),
    );
};

/** What a final reader covers of a shard. `low` -1: from the beginning. `asked`: when it began, microseconds. */
type Reading = {
  readonly low: number;
  readonly high: number;
  readonly caughtUpLine: number;
  readonly asked: number;
};

/** The last line of a page with MillisBehindLatest 0; -1: none. */
const caughtUpOf = ({ tables }: View, { chains }: Segment): number => {
  let line = -1;
  for (const chain of chains)
    for (const page of tables.chains[chain]?.pages ?? [])
      if (tables.pageBehind.at(page) === 0) line = Math.max(line, tables.pageLine.at(page));
  return line;
};
