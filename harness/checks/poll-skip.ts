import { compareSequence } from '../model/sequence-number.ts';
import type { Check, Found } from './check.ts';
import { deliveryColumns } from './view/pages.ts';
import { knownAt, recordsAt, roleOf, type View } from './view/view.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, placeName, placeOf, readerName } from './words.ts';

/** B4: a record that lay between two that a reader was given one after the other, and was known before the later page was asked. Contract, 8. */
export const pollSkip: Check = {
  summary: 'a reader passes over a record that was there',
  source:
    '"records … through a GetRecords call are strictly ordered by sequence number" (developer guide) and "sequentially reading data records from the shard" (SDK, GetRecords)',
  example: '1, 2, 3 are acknowledged; then an iterator answers 1, 3',
  expect: 'forbid',
  find: function* (view: View): Generator<Found> {
    const said = new Set<string>();
    for (const segment of view.segments) {
      for (const chain of segment.chains) {
        for (const skip of skipsOf(view, chain, segment.chains[0] !== chain)) {
          const name = `${segment.reader} ${skip.position}`;
          if (said.has(name)) continue;
          said.add(name);
          yield found(view, segment.reader, skip);
        }
      }
    }
  },
};

type Skip = {
  readonly position: number;
  readonly before: number;
  readonly after: number;
  readonly page: number;
  readonly chain: number;
  /** It lies where the chain began. */
  readonly isAtStart: boolean;
};

function* skipsOf(view: View, id: number, isJoined: boolean): Generator<Skip> {
  const chain = view.tables.chains[id];
  if (chain === undefined) return;
  const { positions, pages } = deliveryColumns(view, chain);
  // LATEST and AT_TIMESTAMP name no record: one that comes from before them, and a gap behind it, are one wrong start.
  const lastOfStart = chain.from.type === 'LATEST' || chain.from.type === 'AT_TIMESTAMP' ? 1 : 0;
  let mine: Set<number> | undefined;
  let before = isJoined ? resumedAt(view, id) : -1;
  for (let index = 0; index < positions.length; index += 1) {
    const after = positions[index] ?? -1;
    if (before >= 0 && after - before > 1) {
      mine ??= new Set(positions);
      const page = pages[index] ?? -1;
      const askedT = view.tables.pageT0.at(page);
      for (let between = before + 1; between < after; between += 1) {
        if (!mine.has(between) && knownAt(view, between) < askedT && !isReadElsewhere(view, between))
          yield { position: between, before, after, page, chain: id, isAtStart: index <= lastOfStart };
      }
    }
    before = after;
  }
}

/** Nobody read the place, and its record was read at another one: it was not passed over, its acknowledgement was wrong. */
const isReadElsewhere = (view: View, position: number): boolean =>
  view.positions.readHead.at(position) < 0 &&
  recordsAt(view, position).every((record) => view.recordReadHead.at(record) >= 0);

/** The last position that a resumed chain leaves behind it: everything above it and below its first record was its to deliver. */
const resumedAt = (view: View, id: number): number => {
  const chain = view.tables.chains[id];
  const seq = chain?.from.seq;
  if (chain === undefined || seq === undefined) return -1;
  const first = view.positions.first.at(chain.shard);
  let low = first;
  let high = first + view.positions.size.at(chain.shard);
  const isAfter = chain.from.type === 'AFTER_SEQUENCE_NUMBER';
  while (low < high) {
    const middle = (low + high) >> 1;
    const compared = compareSequence(view.positions.seq(middle), seq);
    if (compared < 0 || (compared === 0 && isAfter)) low = middle + 1;
    else high = middle;
  }
  return low - 1 < first ? -1 : low - 1;
};

const found = (view: View, reader: number, { position, before, after, page, chain, isAtStart }: Skip): Found => {
  const line = view.tables.pageLine.at(page);
  const name = readerName(view, reader);
  return {
    kind: null,
    blame: roleOf(view, reader) === 'subject' ? 'consumer' : 'service-read',
    positions: [position],
    records: recordsAt(view, position),
    shards: [view.positions.shard.at(position)],
    chain,
    page,
    isAtStart,
    tell: () => ({
      sentence: `Reader ${name} was given ${placeName(view, before)} and then ${placeName(view, after)} (${atLine(line)}); however ${placeName(view, position)} lies between them and was known before that page was asked.`,
      evidence: {
        reader: name,
        skipped: placeOf(view, position),
        before: placeOf(view, before),
        after: placeOf(view, after),
      },
      witness: inOrder([
        ...linesOfAck(view, position),
        ...lineOfRead(view, position),
        ...lineOfRead(view, before, reader),
        line,
      ]),
    }),
  };
};
