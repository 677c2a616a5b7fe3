import type { Check, Found } from '../check.ts';
import { dueAt } from '../index/due-at.ts';
import { deliveryColumns } from '../index/pages.ts';
import { isOwedAt, isReadElsewhere } from '../index/presence.ts';
import type { Chain } from '../index/tables.ts';
import type { View } from '../index/view.ts';
import { aboutReading } from './about.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, placeName, placeOf, readerName } from './phrases.ts';

/**
 * B4: a record that lay between two that a reader received one after the other, and was known before the later page
 * was asked. Contract, 8.
 */
export const pollSkip: Check = {
  summary: 'a reader skips a record that was there',
  source:
    '"records … through a GetRecords call are strictly ordered by sequence number" (developer guide) and "sequentially reading data records from the shard" (SDK, GetRecords)',
  example: '1, 2, 3 are acknowledged; then an iterator answers 1, 3',
  expect: 'forbid',
  streaming: 'set-aside',
  causes: [
    'The engine made a record visible only after a later one had been delivered.',
    'The reader dropped part of a page, or an answer was lost and the next iterator was used all the same.',
    'Parallel puts were stored out of order in the engine (kinesis-mock#130).',
  ],
  todo: [
    'Compare with the final reader: if it has the record, the service made it visible too late.',
    'After an error read again from the last record that was handled, not from the next iterator.',
  ],
  about: ['reading'],
  find: function* (view: View): Generator<Found> {
    const said = new Set<string>();
    for (const segment of view.segments) {
      for (const chain of segment.chains) {
        for (const skip of skipsOf(view, chain, segment.chains[0] !== chain)) {
          const name = `${segment.reader} ${skip.position}${skip.isLate ? ` ${chain}` : ''}`;
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
  /** The chain went back and delivered it later: then the disorder explains the skip. */
  readonly isLate: boolean;
};

function* skipsOf(view: View, id: number, isJoined: boolean): Generator<Skip> {
  const chain = view.tables.chains[id];
  if (chain === undefined) return;
  const { positions, pages } = deliveryColumns(view, chain);
  const due = dueAt(view.positions, chain);
  const isWrongStart = wrongStartOf(chain, due);
  let isAtStart = true;
  let given: ReadonlyMap<number, number> | undefined;
  let before = isJoined ? resumedAt(view, chain, due) : -1;
  for (let index = 0; index < positions.length; index += 1) {
    const after = positions[index] ?? -1;
    if (before >= 0 && after - before > 1) {
      given ??= firstIndices(positions);
      const page = pages[index] ?? -1;
      const askedT = view.tables.pageT0.at(page);
      for (let position = before + 1; position < after; position += 1) {
        const givenAt = given.get(position);
        if ((givenAt ?? index) < index || !isOwedAt(view, position, askedT, chain.reader)) continue;
        if (isReadElsewhere(view, position)) continue;
        yield { position, before, after, page, chain: id, isAtStart, isLate: givenAt !== undefined };
      }
    }
    isAtStart &&= isWrongStart(after, index);
    before = after;
  }
}

/**
 * Returns a test whether a record is from before the place where its chain was asked to begin: then that start
 * explains a gap behind it, too. LATEST and AT_TIMESTAMP name no record, so only the first one can be such a record.
 */
const wrongStartOf = ({ from: { type } }: Chain, due = -1): ((position: number, index: number) => boolean) => {
  if (type === 'LATEST' || type === 'AT_TIMESTAMP') return (_, index) => index === 0;
  return (position) => position < due;
};

const firstIndices = (positions: Int32Array): ReadonlyMap<number, number> => {
  const first = new Map<number, number>();
  positions.forEach((position, index) => {
    if (!first.has(position)) first.set(position, index);
  });
  return first;
};

/**
 * The last known place that a resumed chain leaves behind: it should deliver everything between that and its first
 * record. -1: none.
 */
const resumedAt = (view: View, { shard }: Chain, due: number | undefined): number =>
  due === undefined || due === view.positions.first.at(shard) ? -1 : due - 1;

const found = (
  view: View,
  reader: number,
  { position, before, after, page, chain, isAtStart, isLate }: Skip,
): Found => {
  const line = view.tables.pageLine.at(page);
  const name = readerName(view, reader);
  return {
    ...aboutReading(view, reader, position),
    chain,
    page,
    isAtStart,
    ...(isLate ? { variant: 'late' } : {}),
    tell: () => ({
      sentence: `Reader ${name} received ${placeName(view, before)} and then ${placeName(view, after)} (${atLine(line)}); however ${placeName(view, position)} lies between them and was known before that page was asked.`,
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
