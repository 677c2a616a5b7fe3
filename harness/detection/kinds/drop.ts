import type { Chronicle } from '../chronicle.ts';
import { Edit } from '../edit.ts';
import type { Mutator } from '../mutator.ts';
import { placeName } from '../place.ts';

/** A consumer under test never received one record. */
export const drop: Mutator = {
  kind: 'drop',
  words: 'withheld from the consumer under test',
  fits: ['subject-loss', 'fetched-not-delivered'],
  spots: (chronicle) => {
    const groups = groupsOf(chronicle);
    if (groups.size === 0) return [];
    return chronicle.items.flatMap((item) => {
      if (!item.isOwn) return [];
      const given = new Set(item.reads.flatMap(({ line }) => groups.get(chronicle.line(line, 'page').reader) ?? []));
      return [...given].map((group) => ({ item, group }));
    });
  },
  mutate: (chronicle, { item, group }) => {
    const groups = groupsOf(chronicle);
    const mine = item.reads.filter(({ line }) => groups.get(chronicle.line(line, 'page').reader) === group);
    const names = new Set(mine.map(({ place: { shard, seq } }) => placeName(shard, { seq })));
    const isResumed = [...names].some((name) => chronicle.resumed.has(name));
    if (isResumed) return undefined;
    const edit = new Edit(chronicle);
    edit.touch(item, ...mine.map(({ place }) => place));
    edit.take(item, ({ reader }) => groups.get(reader) === group);
    return edit;
  },
  blind: (chronicle) => (groupsOf(chronicle).size === 0 ? ['what a consumer does (none is under test)'] : []),
};

/** Returns the readers under test, each with its application. */
export const groupsOf = ({ readers }: Chronicle): ReadonlyMap<string, string> =>
  new Map(
    [...readers.values()].flatMap(({ reader, role, group }) =>
      role === 'subject' ? [[reader, group ?? reader] as const] : [],
    ),
  );
