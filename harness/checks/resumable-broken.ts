import { compareSequence } from '../model/sequence-number.ts';
import type { Check, Found } from './check.ts';
import { firstArrivedSince, firstNotBelow, firstReadByOther, firstSentAfter } from './view/starts.ts';
import type { Chain } from './view/tables.ts';
import { acksAt, isOk, knownAt, readerOfRead, readsAt, type View } from './view/view.ts';
import { atLine, inOrder, lineOfRead, linesOfAck, placeName, placeOf, readerName, shortSeq } from './words.ts';

/** B5: where an iterator begins. One rule for each of its types; contract, 11. */
export const resumableBroken: Check = {
  summary: 'an iterator does not begin where it was asked to',
  source:
    '"AT_SEQUENCE_NUMBER: start reading from the position denoted by a specific sequence number … AFTER_SEQUENCE_NUMBER: right after" (SDK, GetShardIterator)',
  example: 'an iterator AFTER_SEQUENCE_NUMBER 20 delivers 20',
  expect: 'forbid',
  find: function* (view: View): Generator<Found> {
    for (const [id, chain] of view.tables.chains.entries()) {
      const first = firstDelivery(view, chain);
      if (first === undefined) continue;
      const broken = rules[chain.from.type]?.(view, chain, first);
      if (broken !== undefined) yield found(view, { id, chain, first, broken });
    }
  },
};

type First = { readonly position: number; readonly page: number; readonly askedT: number };
type Broken = { readonly position: number; readonly says: string };
type Rule = (view: View, chain: Chain, first: First) => Broken | undefined;

const firstDelivery = (view: View, chain: Chain): First | undefined => {
  for (const page of chain.pages) {
    if (view.tables.pageCount.at(page) === 0) continue;
    const position = view.positions.ofRead[view.tables.pageFirst.at(page)] ?? -1;
    return { position, page, askedT: view.tables.pageT0.at(page) };
  }
  return undefined;
};

/** Places of the chain's shard from one on, below its first delivery, that were known when that page was asked. */
function* missedBefore(view: View, from: number, first: First): Generator<number> {
  for (let position = from; position < first.position; position += 1) {
    if (knownAt(view, position) < first.askedT) yield position;
  }
}

const isReadByOther = (view: View, position: number, reader: number): boolean => {
  for (const read of readsAt(view, position)) if (readerOfRead(view, read) !== reader) return true;
  return false;
};

const at: Rule = (view, chain, first) => {
  const seq = chain.from.seq ?? '';
  const compared = compareSequence(view.positions.seq(first.position), seq);
  if (compared === 0) return undefined;
  if (compared < 0) return { position: first.position, says: `begins below it, at ${placeName(view, first.position)}` };
  for (const position of missedBefore(view, firstNotBelow(view, chain.shard, seq), first)) {
    if (compareSequence(view.positions.seq(position), seq) !== 0) break;
    return { position, says: `begins at ${placeName(view, first.position)}, though a record with that number exists` };
  }
  return undefined;
};

const after: Rule = (view, chain, first) => {
  const seq = chain.from.seq ?? '';
  if (compareSequence(view.positions.seq(first.position), seq) > 0) return missedAfter(view, chain, first);
  return { position: first.position, says: `begins at ${placeName(view, first.position)}, which is not behind it` };
};

/** Only for a reader that is new to the shard: what a resumed one leaves out lies between two that it delivered, and is a poll-skip. */
const missedAfter: Rule = (view, chain, first) => {
  if (!isNew(view, chain)) return undefined;
  const { shard, reader } = chain;
  const seq = chain.from.seq ?? '';
  const from = Math.max(firstNotBelow(view, shard, seq), firstReadByOther(view, shard, reader));
  for (const position of missedBefore(view, from, first)) {
    if (compareSequence(view.positions.seq(position), seq) <= 0) continue;
    if (!isReadByOther(view, position, chain.reader)) continue;
    return { position, says: `leaves out ${placeName(view, position)}, which others were given` };
  }
  return undefined;
};

const knownNew = new WeakMap<View, ReadonlySet<Chain | undefined>>();

const isNew = (view: View, chain: Chain): boolean => {
  const before = knownNew.get(view) ?? new Set(view.segments.map(({ chains: [id] }) => view.tables.chains[id ?? -1]));
  knownNew.set(view, before);
  return before.has(chain);
};

const latest: Rule = (view, chain, first) => {
  const { t0, t } = chain.from;
  for (const entry of acksAt(view, first.position)) {
    if (t0 === undefined || view.tables.opAckT.at(view.tables.entryOp.at(entry)) >= t0) continue;
    return {
      position: first.position,
      says: `delivers ${placeName(view, first.position)}, acknowledged before it was asked for`,
    };
  }
  if (t === undefined) return undefined;
  for (const position of missedBefore(view, firstSentAfter(view, chain.shard, t), first)) {
    for (const entry of acksAt(view, position)) {
      if (!isOk(view, entry) || view.tables.opT.at(view.tables.entryOp.at(entry)) <= t) continue;
      return { position, says: `leaves out ${placeName(view, position)}, sent after it was given` };
    }
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

const atTimestamp: Rule = (view, chain, first) => {
  const asked = chain.from.at ?? 0;
  const arrived = arrivalOf(view, first.position);
  if (arrived !== undefined && arrived < asked) {
    return {
      position: first.position,
      says: `begins at ${placeName(view, first.position)}, which arrived ${asked - arrived} ms earlier`,
    };
  }
  const { shard, reader } = chain;
  const from = Math.max(firstArrivedSince(view, shard, asked), firstReadByOther(view, shard, reader));
  for (const position of missedBefore(view, from, first)) {
    const arrival = arrivalOf(view, position);
    if (arrival === undefined || arrival < asked || !isReadByOther(view, position, chain.reader)) continue;
    return { position, says: `leaves out ${placeName(view, position)}, which arrived ${arrival - asked} ms later` };
  }
  return undefined;
};

const trimHorizon: Rule = (view, chain, first) => {
  for (const position of missedBefore(view, firstReadByOther(view, chain.shard, chain.reader), first)) {
    if (!isReadByOther(view, position, chain.reader)) continue;
    return {
      position,
      says: `begins at ${placeName(view, first.position)}, though others were given ${placeName(view, position)}`,
    };
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

type Start = { readonly id: number; readonly chain: Chain; readonly first: First; readonly broken: Broken };

const found = (view: View, { id, chain, first, broken }: Start): Found => ({
  kind: null,
  blame: 'service-read',
  positions: [broken.position],
  shards: [chain.shard],
  chain: id,
  page: first.page,
  tell: () => {
    const { type, seq, at: timestamp } = chain.from;
    const asked = `${type}${seq === undefined ? '' : ` ${shortSeq(seq)}`}${timestamp === undefined ? '' : ` ${timestamp}`}`;
    const line = view.tables.pageLine.at(first.page);
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
