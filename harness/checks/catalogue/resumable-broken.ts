import { compareSequence } from '../../model/sequence-number.ts';
import type { Check, Found } from '../check.ts';
import { arrivalStepMs } from '../index/arrival-step.ts';
import { clockSkewOf } from '../index/clocks.ts';
import { dueAt } from '../index/due-at.ts';
import { isFiltering } from '../index/filtering.ts';
import { firstArrivedSince, firstSentAfter } from '../index/first-sent-after.ts';
import { deliveryColumns } from '../index/pages.ts';
import { blameOf, firstAckT, isGone, isOwedAt, isReadInside, isReadOutside } from '../index/presence.ts';
import { isSentAfter } from '../index/start-of.ts';
import type { Chain } from '../index/tables.ts';
import { readsAt, type View } from '../index/view.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, placeName, placeOf, readerName, shortSeq } from './phrases.ts';

/** B5: an iterator does not begin where it was asked to. One rule for each type of iterator; contract, 11. */
export const resumableBroken: Check = {
  summary: 'an iterator does not start where it was asked to',
  source:
    '"AT_SEQUENCE_NUMBER: start reading from the position denoted by a specific sequence number … AFTER_SEQUENCE_NUMBER: right after" (SDK, GetShardIterator)',
  example: 'an iterator AFTER_SEQUENCE_NUMBER 20 delivers 20',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine begins one record too early or too late (kinesis-mock#1187).',
    'A reader of LATEST asked for its iterator after it let the producer begin.',
  ],
  todo: [
    'Compare the iterator on its line with the first record that it gave.',
    'Use TRIM_HORIZON and a checkpoint of your own on this engine.',
  ],
  about: ['reading'],
  find: function* (view: View): Generator<Found> {
    for (const [id, chain] of view.tables.chains.entries()) {
      const first = firstDelivery(view, chain);
      if (first === undefined) continue;
      const broken = rules[chain.from.type]?.(view, { id, chain, first });
      if (broken !== undefined) yield found(view, { id, chain, first, broken });
    }
  },
};

type First = { readonly position: number; readonly page: number; readonly askedT: number };
type Start = { readonly id: number; readonly chain: Chain; readonly first: First };
type Broken = { readonly position: number; readonly says: string; readonly page?: number };
type Rule = (view: View, start: Start) => Broken | undefined;

const firstDelivery = (view: View, chain: Chain): First | undefined => {
  for (const page of chain.pages) {
    if (view.tables.pageCount.at(page) === 0) continue;
    const position = view.positions.ofRead[view.tables.pageFirst.at(page)] ?? -1;
    return { position, page, askedT: view.tables.pageT0.at(page) };
  }
  return undefined;
};

/**
 * Places of the chain's shard below its first delivery that its page owed and the chain never delivered, from the
 * lowest.
 */
function* missedBefore(view: View, { id, chain, first }: Start, from?: number): Generator<number> {
  if (isFiltering(view.tables, chain.reader)) return;
  for (let position = from ?? view.positions.first.at(chain.shard); position < first.position; position += 1) {
    if (isOwedAt(view, position, first.askedT, chain.reader) && !isReadInside(view, position, id)) yield position;
  }
}

const at: Rule = (view, { chain, first }) => {
  const seq = chain.from.seq ?? '';
  const compared = compareSequence(view.positions.seq(first.position), seq);
  if (compared === 0) return undefined;
  if (compared < 0) return { position: first.position, says: `begins below it, at ${placeName(view, first.position)}` };
  const position = dueAt(view.positions, chain) ?? first.position;
  if (isFiltering(view.tables, chain.reader)) return undefined;
  const isThere = position < first.position && compareSequence(view.positions.seq(position), seq) === 0;
  if (!isThere || !isOwedAt(view, position, first.askedT, chain.reader) || isGone(view, position)) return undefined;
  return { position, says: `begins at ${placeName(view, first.position)}, though a record with that number exists` };
};

const after: Rule = (view, start) => {
  const due = dueAt(view.positions, start.chain) ?? -1;
  const wrong = firstOf(view, start.chain, (position) => position < due);
  if (wrong === undefined) return missedAfter(view, start, due);
  return { ...wrong, says: `delivers ${placeName(view, wrong.position)}, which is not behind it` };
};

type Delivery = { readonly position: number; readonly page: number };

/**
 * The first delivery of a chain that `is` so, not only its first record: a wrong record must not come later either.
 */
const firstOf = (view: View, chain: Chain, is: (position: number) => boolean): Delivery | undefined => {
  const { positions, pages } = deliveryColumns(view, chain);
  const index = positions.findIndex(is);
  return index < 0 ? undefined : { position: positions[index] ?? -1, page: pages[index] ?? -1 };
};

const isJoined = (view: View, id: number): boolean => !view.segments.some(({ chains }) => chains[0] === id);

/** Leaves out chains that go on behind a place: what they leave out is between two records, so it is a `poll-skip`. */
const missedAfter = (view: View, start: Start, due: number): Broken | undefined => {
  const isResumed = due > view.positions.first.at(start.chain.shard) && isJoined(view, start.id);
  if (isResumed) return undefined;
  for (const position of missedBefore(view, start, due)) {
    if (!isReadOutside(view, position, start.id)) continue;
    return { position, says: `leaves out ${placeName(view, position)}, which others were given` };
  }
  return undefined;
};

const latest: Rule = (view, start) => {
  const { t0 = Number.NEGATIVE_INFINITY, t = Number.POSITIVE_INFINITY } = start.chain.from;
  const skew = clockSkewOf(view.tables.head);
  const wrong = firstOf(view, start.chain, (position) => firstAckT(view, position) + skew < t0);
  if (wrong !== undefined)
    return { ...wrong, says: `delivers ${placeName(view, wrong.position)}, acknowledged before it was asked for` };
  for (const position of missedBefore(view, start, firstSentAfter(view, start.chain.shard, t + skew))) {
    if (!isSentAfter(view, position, t + skew) || isGone(view, position)) continue;
    return { position, says: `leaves out ${placeName(view, position)}, sent after the iterator was given out` };
  }
  return undefined;
};

const arrivalOf = (view: View, position: number): number | undefined => {
  for (const read of readsAt(view, position)) {
    const arrival = view.tables.readArrival.at(read);
    if (!Number.isNaN(arrival)) return arrival;
  }
  return undefined;
};

/** `since`: milliseconds. */
const laterWords = (since: number): string => (since === 0 ? 'at exactly that time' : `${since} ms later`);

const atTimestamp: Rule = (view, start) => {
  const { chain, first, id } = start;
  const asked = chain.from.at ?? 0;
  const step = arrivalStepMs(view);
  const arrived = arrivalOf(view, first.position);
  if (arrived !== undefined && arrived < asked && arrived + step <= asked) {
    return {
      position: first.position,
      says: `begins at ${placeName(view, first.position)}, which arrived ${asked - arrived} ms earlier`,
    };
  }
  for (const position of missedBefore(view, start, firstArrivedSince(view, chain.shard, asked + step))) {
    const arrival = arrivalOf(view, position);
    if (arrival === undefined || arrival < asked + step || !isReadOutside(view, position, id)) continue;
    return { position, says: `leaves out ${placeName(view, position)}, which arrived ${laterWords(arrival - asked)}` };
  }
  return undefined;
};

const trimHorizon: Rule = (view, start) => {
  for (const position of missedBefore(view, start)) {
    if (!isReadOutside(view, position, start.id)) continue;
    const begins = placeName(view, start.first.position);
    return { position, says: `begins at ${begins}, though others were given ${placeName(view, position)}` };
  }
  return undefined;
};

const rules: Readonly<Record<Chain['from']['type'], Rule | undefined>> = {
  AT_SEQUENCE_NUMBER: at,
  AFTER_SEQUENCE_NUMBER: after,
  LATEST: latest,
  AT_TIMESTAMP: atTimestamp,
  TRIM_HORIZON: trimHorizon,
  UNKNOWN: undefined,
};

const found = (view: View, { id, chain, first, broken }: Start & { readonly broken: Broken }): Found => ({
  kind: null,
  blame: blameOf(view, chain.reader),
  positions: [broken.position],
  shards: [chain.shard],
  chain: id,
  page: broken.page ?? first.page,
  tell: () => {
    const { type, seq, at: timestamp } = chain.from;
    const asked = `${type}${seq === undefined ? '' : ` ${shortSeq(seq)}`}${timestamp === undefined ? '' : ` ${timestamp}`}`;
    const line = view.tables.pageLine.at(broken.page ?? first.page);
    return {
      sentence: `Reader ${readerName(view, chain.reader)} asked for an iterator ${asked}; however it ${broken.says} (${atLine(line)}).`,
      evidence: {
        iterator: type,
        ...(seq === undefined ? {} : { from: seq }),
        first: placeOf(view, first.position),
        place: placeOf(view, broken.position),
      },
      witness: inOrder([...linesOfAck(view, broken.position), ...lineOfRead(view, broken.position), line]),
    };
  },
});
