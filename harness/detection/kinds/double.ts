import { Edit } from '../edit.ts';
import type { Mutator } from '../mutator.ts';
import { contentOf, isPlain, numberBehind } from '../plain.ts';

/** The service stored a record twice: every reader receives it again, right after itself. */
export const double: Mutator = {
  kind: 'double',
  words: 'stored twice',
  fits: ['duplicate', 'subject-duplicate', 'effect-duplicate'],
  spots: ({ items }) => items.filter(isPlain).map((item) => ({ item })),
  mutate: (chronicle, { item }) => {
    const [place] = item.stored;
    const [sending] = item.sendings;
    const content = contentOf(chronicle, item);
    const seq = place === undefined ? undefined : numberBehind(chronicle, place.shard, place.seq);
    if (place === undefined || sending === undefined || content === undefined || seq === undefined) return undefined;
    const edit = new Edit(chronicle);
    edit.touch(item, place, { ...place, seq });
    edit.give({ ...place, seq }, content, sending.line);
    return edit;
  },
};
