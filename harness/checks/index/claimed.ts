import { isOfSubject } from './items.ts';
import { type Group, isKnownPlace, type Subjects } from './subjects.ts';
import { acksAt, readsAt, roleOf, type View } from './view.ts';

/** What an application says it was given, has done or gave up, and nobody else has. `what`: a clause. */
export type Claimed = {
  readonly item: number;
  readonly position: number;
  readonly line: number;
  readonly shard: number;
  readonly number: number;
  readonly what: 'was given' | 'was done with' | 'gave up';
};

/** Each thing once, where a final reader covers its place. Contract, rule 14. */
export function* claimsOf(subjects: Subjects, group: Group): Generator<Claimed> {
  if (subjects.isDump || subjects.finals.length === 0) return;
  const { view, items } = subjects;
  const covers = coveredByFinal(view);
  const said = new Set<string>();
  for (const { item, position, line, shard, read } of group.deliveries) {
    const name = `${position} ${item}`;
    if (
      said.has(name) ||
      hasOther(subjects, position, item, read) ||
      !covers(shard, view.positions.number(position), line)
    )
      continue;
    said.add(name);
    yield { item, position, line, shard, number: view.positions.number(position), what: 'was given' };
  }
  const given = new Set(group.deliveries.map(({ position }) => position));
  for (const [what, list] of [
    ['was done with', group.dones],
    ['gave up', group.discards],
  ] as const) {
    for (const { item, position, line, shard, reported } of list) {
      const name = `${shard} ${view.tables.sequences.text(reported.number)} ${reported.event.sub ?? ''}`;
      if (isKnownPlace(items, position) || given.has(position) || said.has(name)) continue;
      if (!covers(shard, reported.number, line)) continue;
      said.add(name);
      yield { item, position, line, shard, number: reported.number, what };
    }
  }
}

/** An acknowledgement, a fetch or a page of another reader has the same there, as far as both tell. */
const hasOther = ({ view, items }: Subjects, position: number, item: number, given: number): boolean => {
  const { tables } = view;
  const digest = tables.digestOfRead(given);
  const isSame = (other: number): boolean =>
    tables.digests.text(other) === undefined ||
    tables.digests.text(digest) === undefined ||
    tables.digests.same(other, digest);
  for (const entry of acksAt(view, position))
    if (tables.entryRecord.at(entry) === item && isSame(tables.entryDigest.at(entry))) return true;
  for (const read of readsAt(view, position)) {
    if (isOfSubject(view, read)) continue;
    if ((items.ofRead(read) === item || tables.readRecord.at(read) < 0) && isSame(tables.digestOfRead(read)))
      return true;
  }
  return false;
};

/**
 * Does a final reading from the beginning of a shard cover a number: it went past it, reached the end, or had caught
 * up after the line?
 */
const coveredByFinal = (view: View): ((shard: number, number: number, line: number) => boolean) => {
  const { tables, positions } = view;
  const readings = new Map<number, { high: number; caughtUpLine: number }>();
  for (const segment of view.segments) {
    if (!segment.isFromStart || roleOf(view, segment.reader) !== 'final') continue;
    const reading = readings.get(segment.shard) ?? { high: -1, caughtUpLine: -1 };
    readings.set(segment.shard, reading);
    reading.high = Math.max(reading.high, segment.high);
    if (segment.isEnded && view.lineage.shards[segment.shard]?.isClosedAtEnd === true)
      reading.caughtUpLine = Number.POSITIVE_INFINITY;
    for (const chain of segment.chains)
      for (const page of tables.chains[chain]?.pages ?? [])
        if (tables.pageBehind.at(page) === 0)
          reading.caughtUpLine = Math.max(reading.caughtUpLine, tables.pageLine.at(page));
  }
  return (shard, number, line) => {
    const { high, caughtUpLine } = readings.get(shard) ?? { high: -1, caughtUpLine: -1 };
    return line < caughtUpLine || (high >= 0 && tables.sequences.compare(positions.number(high), number) > 0);
  };
};
