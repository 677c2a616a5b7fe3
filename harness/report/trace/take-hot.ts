import type { Names } from '../../lib/names.ts';
import { columnTypes, itemBit, type LineColumns, type Span } from '../../model/line-columns.ts';
import { limbsPer } from '../../model/sequences.ts';
import type { Draft } from './draft.ts';
import { hashPart } from './hash-part.ts';
import { closeCall, openCall, openPage, pushEntry, pushRead } from './take-event.ts';
import { none } from './trace.ts';

/** Takes a line that was scanned into columns. Adds the same to the draft as its event would. */
export const takeHot = (draft: Draft, hot: LineColumns, line: number): void => {
  if (hot.type === columnTypes.put) takePut(draft, hot, line);
  else if (hot.type === columnTypes.ack) takeAck(draft, hot, line);
  else if (hot.type === columnTypes.page) takePage(draft, hot, line);
};

const nameAt = (names: Names, hot: LineColumns, { start, end }: Span): number =>
  start === none ? none : names.idAt(hot.source.words, start, end);

const keyAt = (draft: Draft, hot: LineColumns, item: number): number =>
  draft.keys.idAt(hot.source.words, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);

/** The sub-sequence number; -1 outside an aggregate. Of an entry: its position in the aggregate that carries it. */
const subAt = (hot: LineColumns, item: number): number =>
  hot.hasAll(item, itemBit.sub) ? (hot.sub[item] ?? none) : none;

const takePut = (draft: Draft, hot: LineColumns, line: number): void => {
  const producer = nameAt(draft.producers, hot, hot.producer);
  const { carriers } = hot;
  openCall(draft, { op: hot.op, line, t: hot.t, producer, api: hot.isBatch ? 1 : 0 });
  for (let item = 0; item < hot.count; item += 1) {
    const key = keyAt(draft, hot, item);
    const n = hot.hasAll(item, itemBit.n) ? (hot.n[item] ?? none) : none;
    const hash = hot.hasAll(item, itemBit.hash)
      ? textOf(hot, hot.hashStart[item] ?? 0, hot.hashEnd[item] ?? 0)
      : carriers?.[subAt(hot, item)]?.hash;
    pushEntry(draft, draft.flow(producer, key), key, n, hash === undefined ? none : hashPart(hash));
  }
};

const takeAck = (draft: Draft, hot: LineColumns, line: number): void => {
  const call = closeCall(draft, hot.op, { line, t: hot.t, outcome: 1 });
  if (call < 0) return;
  const first = draft.callFirst.at(call);
  for (let item = 0; item < hot.count; item += 1) {
    const shard = draft.shards.idAt(hot.source.words, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
    draft.entryPlace.set(first + item, draft.places.id(shard, hot.limbs, item * limbsPer, undefined, subAt(hot, item)));
  }
};

const takePage = (draft: Draft, hot: LineColumns, line: number): void => {
  const { t, chain, more } = hot;
  const shard = nameAt(draft.shards, hot, hot.shard);
  openPage(draft, {
    line,
    t,
    t0: Number.isNaN(hot.t0) ? t : hot.t0,
    reader: nameAt(draft.readers, hot, hot.reader),
    chain,
    shard,
    behind: Number.isNaN(hot.behind) ? none : hot.behind,
    more,
  });
  for (let item = 0; item < hot.count; item += 1) {
    const place = draft.places.id(shard, hot.limbs, item * limbsPer, undefined, subAt(hot, item));
    const flow = flowAt(draft, hot, item);
    pushRead(draft, place, flow, flow < 0 ? none : (hot.n[item] ?? none));
  }
};

const flowAt = (draft: Draft, hot: LineColumns, item: number): number => {
  const has = hot.has[item] ?? 0;
  if ((has & itemBit.n) === 0 || (has & (itemBit.name | itemBit.idKey)) === 0) return none;
  const { words } = hot.source;
  const key =
    (has & itemBit.idKey) === 0
      ? keyAt(draft, hot, item)
      : draft.keys.idAt(words, hot.idKeyStart[item] ?? 0, hot.idKeyEnd[item] ?? 0);
  const isTold = (has & itemBit.producer) !== 0;
  const producer = isTold
    ? draft.producers.idAt(words, hot.producerStart[item] ?? 0, hot.producerEnd[item] ?? 0)
    : none;
  return draft.flow(producer, key);
};

const textOf = (hot: LineColumns, start: number, end: number): string =>
  Buffer.from(hot.source.bytes.buffer, start, end - start).toString('latin1');
