import type { ShardInfo } from '../../model/event.ts';
import type { Chronicle } from '../chronicle.ts';
import { Edit } from '../edit.ts';
import type { Mutator } from '../mutator.ts';
import { groupsOf } from './drop.ts';

/** A consumer under test never read a child shard, nor that shard's children. */
export const skip: Mutator = {
  kind: 'skip',
  words: 'in a child shard that the consumer under test skipped',
  fits: ['subject-loss', 'fetched-not-delivered'],
  isWide: true,
  spots: (chronicle) => {
    const groups = new Set(groupsOf(chronicle).values());
    return childrenOf(chronicle).flatMap(({ shard }) =>
      [...groups].flatMap((group) => {
        const [item] = chronicle.items.filter(
          ({ isOwn, reads }) =>
            isOwn && reads.some(({ line, place }) => place.shard === shard && isOf(chronicle, line, group)),
        );
        return item === undefined ? [] : [{ item, group, shard }];
      }),
    );
  },
  mutate: (chronicle, { item, group, shard }) => {
    if (group === undefined || shard === undefined) return undefined;
    const edit = new Edit(chronicle);
    edit.touch(item);
    const away = withDescendants(chronicle, shard);
    const groups = groupsOf(chronicle);
    for (const [index, line] of chronicle.lines.entries())
      if (
        (line.type === 'page' || line.type === 'subject') &&
        groups.get(line.reader) === group &&
        line.shard !== undefined &&
        away.has(line.shard)
      )
        edit.changed.set(index, null);
    return edit;
  },
  blind: (chronicle) => (childrenOf(chronicle).length === 0 ? ['child shards (no reshard)'] : []),
};

const isOf = (chronicle: Chronicle, line: number, group: string): boolean =>
  groupsOf(chronicle).get(chronicle.line(line, 'page').reader) === group;

const shardsOf = ({ lines }: Chronicle): readonly ShardInfo[] => {
  const last = lines.findLast((line) => line.type === 'topology');
  return last?.type === 'topology' ? last.shards : [];
};

const childrenOf = (chronicle: Chronicle): readonly ShardInfo[] =>
  shardsOf(chronicle).filter(({ parents }) => parents.length > 0);

const withDescendants = (chronicle: Chronicle, shard: string): ReadonlySet<string> => {
  const away = new Set([shard]);
  for (const name of away)
    for (const child of childrenOf(chronicle)) if (child.parents.includes(name)) away.add(child.shard);
  return away;
};
