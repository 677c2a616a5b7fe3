import type { Chronicle } from '../chronicle.ts';
import { Edit } from '../edit.ts';
import type { Mutator } from '../mutator.ts';
import { isResumedAt, isStored } from '../plain.ts';

/** A record was acknowledged, and no reader ever receives it. */
export const lose: Mutator = {
  kind: 'lose',
  words: 'lost',
  fits: ['lost-write'],
  spots: (chronicle) =>
    chronicle.items.filter((item) => isStored(item) && !isResumedAt(chronicle, item)).map((item) => ({ item })),
  mutate: (chronicle, { item }) => {
    const edit = new Edit(chronicle);
    edit.touch(item, ...item.stored, ...item.reads.map(({ place }) => place));
    edit.take(item);
    return edit;
  },
  blind: (chronicle) => {
    const stored = new Set(
      chronicle.items.flatMap(({ isOwn, stored: places }) => (isOwn ? places : [])).map(({ shard }) => shard),
    );
    const unread = [...stored].filter((shard) => !isReadAtTheEnd(chronicle, shard)).length;
    return unread === 0 ? [] : [`losses in ${unread} of ${stored.size} shards (no final reader read them)`];
  },
};

const isReadAtTheEnd = ({ chains, readers }: Chronicle, shard: string): boolean =>
  (chains.get(shard) ?? []).some(({ reader }) => readers.get(reader)?.role === 'final');
