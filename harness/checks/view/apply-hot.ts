import type { ByteNames } from '../../lib/byte-names.ts';
import { historyError } from '../../model/history-error.ts';
import { type HotLine, hotTypes, none, type Span } from '../../model/hot-line.ts';
import { limbsPer } from '../../model/sequences.ts';
import { applyTime } from './apply.ts';
import { closeOp, flowOf, openEntry, openOp, placeEntry } from './fold-put.ts';
import { addRead, chainOf, openPage } from './fold-read.ts';
import type { Tables } from './tables.ts';

/** Folds one scanned line into the tables: the same as `apply` with the same line decoded. */
export const applyHot = (tables: Tables, hot: HotLine, line: number): void => {
  if (tables.head === undefined)
    throw historyError(line, `the first line must be the head, got type ${typeNames[hot.type] ?? ''}`);
  applyTime(tables, hot.t, line);
  if (hot.type === hotTypes.put) applyPut(tables, hot, line);
  else if (hot.type === hotTypes.ack) applyAck(tables, hot, line);
  else applyPage(tables, hot, line);
};

const typeNames = ['', 'put', 'ack', 'page'];

const idOf = (names: ByteNames, hot: HotLine, span: Span): number => names.id(hot.bytes, span.start, span.end);

/** A producer that is not told is the one without a name. */
const producerOf = (tables: Tables, hot: HotLine, start: number, end: number): number =>
  start < 0 ? tables.records.producers.id('') : tables.names.producers.id(hot.bytes, start, end);

const applyPut = (tables: Tables, hot: HotLine, line: number): void => {
  const { op: number, t, isBatch, count } = hot;
  const op = openOp(tables, { op: number, t, line, isBatch, isSentinel: false, count });
  const producer = producerOf(tables, hot, hot.producer.start, hot.producer.end);
  for (let item = 0; item < count; item += 1) {
    takeDigest(tables, hot, item);
    const key = tables.names.keys.id(hot.bytes, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
    const after = hot.hasNumber[item] === 1 ? tables.sequences.push(hot.limbs, item * limbsPer) : none;
    const index = openEntry(tables, op, flowOf(tables, producer, key), hot.n[item] ?? none, after);
    const size = hot.size[item] ?? none;
    if (size >= 0 && hot.hasDigest[item] === 0) tables.entryBytes.set(index, size);
  }
};

const takeDigest = (tables: Tables, hot: HotLine, item: number): void => {
  if (hot.hasDigest[item] === 1) tables.digest.setHex(hot.digestHigh[item] ?? 0, hot.digestLow[item] ?? 0);
  else tables.digest.setNone();
};

const applyAck = (tables: Tables, hot: HotLine, line: number): void => {
  const { first } = closeOp(tables, { op: hot.op, t: hot.t, line, outcome: 'ok', results: hot.count });
  for (let item = 0; item < hot.count; item += 1) {
    const shard = tables.names.shards.id(hot.bytes, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
    placeEntry(tables, first + item, shard, tables.sequences.push(hot.limbs, item * limbsPer));
  }
};

const applyPage = (tables: Tables, hot: HotLine, line: number): void => {
  const reader = idOf(tables.names.readers, hot, hot.reader);
  const chain = chainOf(tables, hot.chain, reader, idOf(tables.names.shards, hot, hot.shard), undefined);
  const { t, t0, behind, more, count } = hot;
  const page = openPage(tables, chain, { line, t, t0, behind, more, count, isFailed: false });
  tables.sequence.long = undefined;
  for (let item = 0; item < count; item += 1) applyRecord(tables, hot, page, item);
};

const applyRecord = (tables: Tables, hot: HotLine, page: number, item: number): void => {
  takeDigest(tables, hot, item);
  const read = addRead(tables, page, identify(tables, hot, item), hot.limbs, item * limbsPer);
  tables.readArrival.push(hot.arrival[item] ?? Number.NaN);
  const start = hot.nameStart[item] ?? none;
  if (start < 0 || ((hot.idKeyStart[item] ?? none) < 0 && (hot.n[item] ?? none) >= 0)) return;
  const key = textOf(hot, start, hot.nameEnd[item] ?? 0);
  const idKeyStart = hot.idKeyStart[item] ?? none;
  const isOther = idKeyStart >= 0 && textOf(hot, idKeyStart, hot.idKeyEnd[item] ?? 0) !== key;
  if (isOther || (hot.n[item] ?? none) < 0) tables.readKey.set(read, key);
};

const textOf = (hot: HotLine, start: number, end: number): string =>
  Buffer.from(hot.bytes.subarray(start, end)).toString('latin1');

const identify = (tables: Tables, hot: HotLine, item: number): number => {
  const n = hot.n[item] ?? none;
  const isKeyed = (hot.idKeyStart[item] ?? none) >= 0;
  const start = (isKeyed ? hot.idKeyStart[item] : hot.nameStart[item]) ?? none;
  if (n < 0 || start < 0) return none;
  const key = tables.names.keys.id(hot.bytes, start, (isKeyed ? hot.idKeyEnd[item] : hot.nameEnd[item]) ?? 0);
  const producer = producerOf(tables, hot, hot.producerStart[item] ?? none, hot.producerEnd[item] ?? none);
  return tables.records.recordOf(flowOf(tables, producer, key), n);
};
