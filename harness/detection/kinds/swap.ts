import type { ReadRecord } from '../../model/event.ts';
import { Edit } from '../edit.ts';
import type { Item } from '../item.ts';
import type { Mutator, Spot } from '../mutator.ts';
import { compareSeq, type Place, placeName } from '../place.ts';
import { contentOf, isPlain, isResumedAt } from '../plain.ts';
import { singles } from '../singles.ts';

/**
 * The service stored a record and the next one of its key in the other order, and the answers say so. A page that was
 * answered before the later one was sent cannot hold it: its reader skips it.
 */
export const swap: Mutator = {
  kind: 'swap',
  words: 'swapped with the next of its key',
  fits: [
    'key-reorder',
    'nonmonotonic-send',
    'int-nonmonotonic-send',
    'snfo-broken',
    'realtime-append-order',
    'subject-reorder',
    'effect-reorder',
  ],
  spots: (chronicle) =>
    chronicle.flows.flatMap((flow) =>
      flow.flatMap((item, index): readonly Spot[] => {
        const other = flow[index + 1];
        return other !== undefined && isPlain(item) && isPlain(other) && isBefore(item, other) ? [{ item, other }] : [];
      }),
    ),
  mutate: (chronicle, { item, other }) => {
    const [a, b] = [item.stored[0], other?.stored[0]];
    const [first, second] = [contentOf(chronicle, item), other && contentOf(chronicle, other)];
    // In an import, the line of a put does not tell when it was sent.
    const later = chronicle.head.recorder === 'import' ? 0 : other?.sendings[0]?.line;
    if (!other || !a || !b || !first || !second || later === undefined) return undefined;
    const isPassedBy = item.reads.some(({ line }) => line < later);
    if (isPassedBy && isResumedAt(chronicle, item)) return undefined;
    const edit = new Edit(chronicle);
    edit.touch(item, a, b);
    edit.touch(other, a, b);
    put(edit, b, other, first);
    edit.take(item, (_, line) => line < later);
    put(edit, a, item, second, later);
    edit.move([
      { item, from: a, to: b },
      { item: other, from: b, to: a },
    ]);
    return edit;
  },
  blind: singles,
};

/** True if both are in one shard and in order. Swapping an inversion would repair it. */
export const isBefore = ({ stored: [a] }: Item, { stored: [b] }: Item): boolean =>
  a !== undefined && b !== undefined && a.shard === b.shard && compareSeq(a.seq, b.seq) < 0;

/** Puts another record at the place where one was read, in pages from line `since` on. */
const put = (edit: Edit, place: Place, was: Item, content: Omit<ReadRecord, 'seq'>, since = -1): void => {
  const name = placeName(place.shard, place);
  for (const line of new Set(was.reads.map((read) => read.line))) {
    if (line < since) continue;
    edit.records(line, (records) =>
      records.map((record) => {
        if (placeName(place.shard, record) !== name) return record;
        const { arrival: _, ...other } = content;
        return { seq: record.seq, ...other, ...(record.arrival === undefined ? {} : { arrival: record.arrival }) };
      }),
    );
  }
};
