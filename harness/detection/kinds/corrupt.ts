import { Edit } from '../edit.ts';
import type { Mutator } from '../mutator.ts';
import { placeName } from '../place.ts';

/** A record is stored with other bytes than were sent. */
export const corrupt: Mutator = {
  kind: 'corrupt',
  words: 'damaged',
  fits: ['corruption'],
  spots: (chronicle) =>
    chronicle.items
      .filter(({ isOwn, stored, reads }) => isOwn && stored.length > 0 && reads.length > 0)
      .map((item) => ({ item })),
  mutate: (chronicle, { item }) => {
    const edit = new Edit(chronicle);
    edit.touch(item, ...item.reads.map(({ place }) => place));
    for (const { line, place } of item.reads) {
      const name = placeName(place.shard, place);
      edit.records(line, (records) =>
        records.map((record) =>
          placeName(place.shard, record) === name ? { ...record, digest: damaged(record.digest) } : record,
        ),
      );
    }
    return edit;
  },
  blind: (chronicle) => {
    const without = chronicle.items.filter(
      ({ isOwn, sendings: [sending] }) =>
        isOwn &&
        sending !== undefined &&
        chronicle.line(sending.line, 'put').entries[sending.index]?.digest === undefined,
    ).length;
    return without === 0 ? [] : [`damage to ${without} records (put without a digest)`];
  },
};

/** Returns another digest than the given one. */
const damaged = (digest = '0000000000000000'): string =>
  `${((Number.parseInt(digest[0] ?? '0', 16) + 1) % 16).toString(16)}${digest.slice(1)}`;
