import { listOf } from '../../lib/list-of.ts';
import type { SubjectVerdict } from '../../model/verdict.ts';
import { several } from '../catalogue/phrases.ts';
import { againOf } from '../index/given-again.ts';
import { neverReadOf } from '../index/losses.ts';
import { owedOf } from '../index/owed.ts';
import { type Group, hasSubject, type Subjects, subjectsOf } from '../index/subjects.ts';
import type { View } from '../index/view.ts';

/** What each application had to handle, and was given. */
export const subjectVerdictsOf = (view: View): readonly SubjectVerdict[] => {
  if (!hasSubject(view)) return [];
  const subjects = subjectsOf(view);
  return subjects.groups.map((group) => {
    const { places, area, open } = owedOf(subjects, group);
    const undecided = [...open.values()].reduce((sum, one) => sum + one, 0);
    const { isCompared } = subjects;
    const counted = view.totals.handled.get(group.name);
    const owed = owedCounts(places.keys(), group);
    return {
      group: group.name,
      owed: counted ?? (isCompared ? owed.count : null),
      delivered: counted ?? (isCompared ? owed.delivered : givenOf(subjects, group)),
      ...(undecided === 0 ? {} : { undecided }),
      redelivered: countOf(againOf(subjects, group, group.deliveries)),
      neverReadShards: neverReadOf(subjects.view, group, area).map((shard) => view.tables.shards.name(shard)),
    };
  });
};

/** How many items an application had to handle, and how many of these it was given. What it gave up does not count. */
const owedCounts = (items: Iterable<number>, { discards, deliveries }: Group) => {
  const gaveUp = new Set(discards.map(({ item }) => item));
  const counts = { count: 0, delivered: 0 };
  for (const item of items) {
    if (gaveUp.has(item)) continue;
    counts.count += 1;
    if (deliveries.has(item)) counts.delivered += 1;
  }
  return counts;
};

/** How many records of the workload it was given. */
const givenOf = ({ items }: Subjects, { deliveries }: Group): number => {
  let count = 0;
  for (const { item } of deliveries.firsts()) if (!items.isMarker(item)) count += 1;
  return count;
};

const countOf = (all: Iterable<unknown>): number => {
  let count = 0;
  for (const _ of all) count += 1;
  return count;
};

/** One line a subject: `app: 8 of 16 handled; never read shards 1 and 2`. */
export const subjectWords = ({
  group,
  owed,
  delivered,
  undecided = 0,
  redelivered,
  neverReadShards,
}: SubjectVerdict): string => {
  const handled =
    owed === null
      ? `${delivered} handled; of how many is not known, since no final reader read the stream`
      : `${delivered} of ${owed} handled${undecided === 0 ? '' : `, and whether it owes ${undecided} more is not known`}`;
  const again = redelivered === 0 ? '' : `; ${several(redelivered, 'record')} given again`;
  const [names, noun] = [neverReadShards.map(shortShard), neverReadShards.length === 1 ? 'shard' : 'shards'];
  return `${group}: ${handled}${again}${names.length === 0 ? '' : `; never read ${noun} ${listed(names)}`}`;
};

/** `shardId-000000000012` becomes `12`. */
const shortShard = (name: string): string => name.replace(/^shardId-0*(\d+)$/, '$1');

const namesMax = 10;
const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, namesMax);
  const rest = names.length - shown.length;
  return listOf(rest > 0 ? [...shown, `${rest} more`] : shown);
};
