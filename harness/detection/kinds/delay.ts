import { Edit } from '../edit.ts';
import type { Item } from '../item.ts';
import type { Mutator } from '../mutator.ts';
import { contentOf, isPlain, isResumedAt, numberBehind } from '../plain.ts';
import { singles } from '../singles.ts';
import { isBefore, swap } from './swap.ts';

const behindMax = 10;

/** The service stored a record late, after several of its key that were sent after it, and the answers say so. */
export const delay: Mutator = {
  kind: 'delay',
  words: 'stored behind later ones of its key',
  fits: swap.fits,
  spots: (chronicle) =>
    chronicle.flows.flatMap((flow) =>
      flow.flatMap((item, index) =>
        isPlain(item) && !isResumedAt(chronicle, item) && following(flow, index).length >= 2 ? [{ item }] : [],
      ),
    ),
  mutate: (chronicle, { item }, random) => {
    const [from] = item.stored;
    const later = following(chronicle.flowOf(item), chronicle.flowOf(item).indexOf(item));
    const other = later[random.int(1, later.length - 1)];
    const [place, since] = [other?.stored[0], other?.sendings[0]?.line];
    const content = contentOf(chronicle, item);
    const seq = place === undefined ? undefined : numberBehind(chronicle, place.shard, place.seq);
    if (!from || !place || since === undefined || !content || seq === undefined) return undefined;
    const to = { ...from, seq };
    const edit = new Edit(chronicle);
    edit.touch(item, from, to);
    edit.take(item);
    edit.give(to, content, since);
    edit.move([{ item, from, to }]);
    return edit;
  },
  blind: singles,
};

/**
 * Returns the records that follow in a flow, up to the first that is not plain or not stored after it in its shard.
 */
const following = (flow: readonly Item[], index: number): readonly Item[] => {
  const item = flow[index];
  const next = flow.slice(index + 1, index + 1 + behindMax);
  const end = next.findIndex((later) => item === undefined || !isPlain(later) || !isBefore(item, later));
  return end < 0 ? next : next.slice(0, end);
};
