import { hashKeyOf } from '../../model/hash-key.ts';
import type { Chronicle } from '../chronicle.ts';
import { Edit } from '../edit.ts';
import type { Item } from '../item.ts';
import type { Mutator } from '../mutator.ts';
import { contentOf, isPlain, isResumedAt, numberBehind } from '../plain.ts';

/** The service stored a record in a shard that its key does not lead to, and the answer says so. */
export const misroute: Mutator = {
  kind: 'misroute',
  words: 'stored in another shard',
  fits: ['mispartitioned', 'split-key'],
  spots: (chronicle) =>
    chronicle.items
      .filter((item) => isPlain(item) && !isResumedAt(chronicle, item) && others(chronicle, item).length > 0)
      .map((item) => ({ item })),
  mutate: (chronicle, { item }, random) => {
    const [from] = item.stored;
    const [sending] = item.sendings;
    const content = contentOf(chronicle, item);
    const [first, ...more] = others(chronicle, item);
    if (!from || !sending || !content || !first) return undefined;
    const { shard, seq: low } = chronicle.open.endOf(random.pick([first, ...more]), sending.line);
    const seq = numberBehind(chronicle, shard, low);
    if (seq === undefined) return undefined;
    const to = { shard, seq };
    const edit = new Edit(chronicle);
    edit.touch(item, from, to);
    edit.take(item);
    edit.give(to, content, sending.line);
    edit.move([{ item, from, to }]);
    return edit;
  },
  blind: (chronicle) => {
    if (!chronicle.open.isKnown) return ['routes (the history lists no shards)'];
    const isOne = chronicle.items.filter(isPlain).every((item) => others(chronicle, item).length === 0);
    return isOne ? ['routes (one open shard at a time)'] : [];
  },
};

/** Returns the shards that were open when a record was sent and answered, and that its key does not lead to. */
const others = (chronicle: Chronicle, { key, sendings: [sending], stored: [place] }: Item): readonly string[] => {
  if (sending === undefined) return [];
  const explicit = chronicle.line(sending.line, 'put').entries[sending.index]?.hash;
  const hash = explicit === undefined ? hashKeyOf(key) : BigInt(explicit);
  return chronicle.open.wrongFor(hash, sending.line, sending.ack).filter((shard) => shard !== place?.shard);
};
