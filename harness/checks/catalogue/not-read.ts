import { listOf } from '../../lib/list-of.ts';
import { oncePer } from '../../lib/once-per.ts';
import { pushTo } from '../../lib/push-to.ts';
import { type Group, hasSubject, type Subjects, subjectsOf } from '../index/subjects.ts';
import { attemptsOf, isOk, type View } from '../index/view.ts';
import { cutNumbers } from './cut-numbers.ts';
import { placeName, quoted, readerName, recordName, shardName } from './phrases.ts';
import { itemName } from './subject-phrases.ts';

/**
 * Where a record is that was not read or not delivered. `passed`: a reader got a record before it and one behind it.
 * `never`: no reader got anything of its shard. `open`: no consumer was under test, so only the shard is said, because
 * the streaming judge must say the same and does not know how far each reader went.
 */
export type Where = 'passed' | 'head' | 'tail' | 'never' | 'open';
export type NotRead = { readonly where: Where; readonly by: string; readonly shard: number; readonly name: string };

type Stretch = { readonly by: string; readonly shard: number; readonly low: number; readonly high: number };

/** How far each reader and each consumer went, by shard, in places of the whole view. */
const stretchesOf = oncePer((view: View): ReadonlyMap<number, readonly Stretch[]> => {
  const { whole } = view;
  const all = [
    ...(hasSubject(whole) ? subjectsOf(whole).groups : []).flatMap(({ name, stretches }) =>
      [...stretches].map(([shard, { low, high }]) => ({ by: `consumer ${quoted(name)}`, shard, low, high })),
    ),
    ...whole.segments.flatMap(({ reader, shard, low, high }) =>
      high < 0 ? [] : [{ by: `reader ${quoted(readerName(whole, reader))}`, shard, low, high }],
    ),
  ];
  const made = new Map<number, Stretch[]>();
  for (const one of all) pushTo(made, one.shard, one);
  return made;
});

/** For an acknowledged record without a read. If a reader went past it, that is said first. */
export const whereUnread = (view: View, record: number): NotRead => {
  const { whole } = view;
  const entry = [...attemptsOf(whole, record)].find((one) => isOk(whole, one)) ?? -1;
  const position = whole.positions.ofEntry[entry] ?? -1;
  const shard = whole.positions.shard.at(position);
  if (whole === view)
    return { where: 'open', by: '', shard, name: `${recordName(view, record)} at ${placeName(view, position)}` };
  const own = stretchesOf(view).get(shard) ?? [];
  const passer = own.find(({ low, high }) => low < position && position < high);
  const name = `${recordName(whole, record)} at ${placeName(whole, position)}`;
  if (passer !== undefined) return { where: 'passed', by: passer.by, shard, name };
  if (own.length === 0) return { where: 'never', by: 'nobody', shard, name };
  const isBefore = own.every(({ low }) => position < low);
  return { where: isBefore ? 'head' : 'tail', by: own[0]?.by ?? '', shard, name };
};

const namedMax = 3;
const shardsMax = 5;

/** For a record that the final reader has, and that an application never got. */
export const whereNotGiven = ({ view, ...subjects }: Subjects, group: Group, [item, position]: ItemAt): NotRead => {
  const shard = view.positions.shard.at(position);
  const stretch = group.stretches.get(shard);
  const name = `${itemName({ view, ...subjects }, item, position)} at ${placeName(view, position)}`;
  const by = quoted(group.name);
  if (stretch === undefined) return { where: 'never', by: 'it never', shard, name };
  const where = position < stretch.low ? 'head' : position > stretch.high ? 'tail' : 'passed';
  return { where, by: `consumer ${by}`, shard, name };
};

export type ItemAt = readonly [item: number, position: number];

/** `1 passed over by consumer "app" (given a later record of the shard), 426 in shardId-2, which nobody read`. */
export const countsOf = (view: View, all: readonly NotRead[]): string => {
  const of = (where: Where): readonly NotRead[] => all.filter((one) => one.where === where);
  const [passed, head, tail, never, open] = [of('passed'), of('head'), of('tail'), of('never'), of('open')];
  const shards = shardsOf(view, never);
  const by = listed([...new Set(passed.map((one) => one.by))]);
  return [
    ...(passed.length === 0 ? [] : [`${passed.length} passed over by ${by} (given a later record of the shard)`]),
    ...(head.length === 0 ? [] : [`${head.length} before the first that was read of a shard`]),
    ...(tail.length === 0 ? [] : [`${tail.length} in the tail of a shard`]),
    ...(never.length === 0 ? [] : [`${never.length} in ${shards}, which ${never[0]?.by} read`]),
    ...(open.length === 0 ? [] : [`in ${shardsOf(view, open)}`]),
  ].join(', ');
};

const shardsOf = (view: View, some: readonly NotRead[]): string =>
  listed([...new Set(some.map(({ shard }) => shard))].map((shard) => shardName(view, shard)));

const listed = (names: readonly string[]): string => {
  const more = names.length - shardsMax;
  return listOf(more > 0 ? [...names.slice(0, shardsMax), `${more} more`] : names);
};

const titles: Readonly<Record<Where, string>> = {
  passed: 'passed over',
  head: 'before the first',
  tail: 'tail',
  never: 'never read',
  open: 'first of them',
};

/** The first of each sort, by name: ` First passed over: … First in the tail: …`. */
export const firstNames = (all: readonly NotRead[]): string =>
  (['passed', 'head', 'tail', 'never', 'open'] as const)
    .map((where) => {
      const own = all.filter((one) => one.where === where).map(({ name }) => name);
      const more = own.length - namedMax;
      const names = [...own.slice(0, namedMax).map(cutNumbers), ...(more > 0 ? [`${more} more`] : [])];
      return own.length === 0 ? '' : ` ${titles[where]}: ${names.join(', ')};`;
    })
    .join('')
    .replace(/;$/, '');
