import type { Names } from '../../lib/names.ts';
import { historyError } from '../../model/history-error.ts';
import { columnTypes, itemBit, type LineColumns, none, type Span } from '../../model/line-columns.ts';
import { limbsPer } from '../../model/sequences.ts';
import { applyTime } from './apply.ts';
import { noteAttempts, noteRetryOf } from './apply-put.ts';
import { closeOp, flowOf, identityFlowOf, openEntry, openOp, placeEntry, recordFor } from './fold-put.ts';
import { addRead, chainOf, openPage } from './fold-read.ts';
import type { Tables } from './tables.ts';

/** Folds one scanned line into the tables: the same as `apply` with the same line decoded. */
export const applyColumns = (tables: Tables, hot: LineColumns, line: number): void => {
  if (tables.head === undefined)
    throw historyError(line, `the first line must be the head, got type ${typeNames[hot.type] ?? ''}`);
  applyTime(tables, hot.t, line);
  if (hot.type === columnTypes.put) applyPut(tables, hot, line);
  else if (hot.type === columnTypes.ack) applyAck(tables, hot, line);
  else applyPage(tables, hot, line);
};

const typeNames = ['', 'put', 'ack', 'page'];

const idOf = (names: Names, hot: LineColumns, span: Span): number => names.idAt(hot.source.words, span.start, span.end);

/** A producer that is not told is the one without a name. */
const producerOf = (tables: Tables, hot: LineColumns, start: number, end: number): number =>
  start === none ? tables.records.producers.id('') : tables.records.producers.idAt(hot.source.words, start, end);

const keyOf = (tables: Tables, hot: LineColumns, item: number): number =>
  tables.records.keys.idAt(hot.source.words, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);

const applyPut = (tables: Tables, hot: LineColumns, line: number): void => {
  const { op: number, t, isBatch, count } = hot;
  const op = openOp(tables, { op: number, t, line, isBatch, isSentinel: false, count });
  if (hot.retryOf !== none) noteRetryOf(tables, op, hot.retryOf);
  const producer = producerOf(tables, hot, hot.producer.start, hot.producer.end);
  for (let item = 0; item < count; item += 1) {
    takeDigest(tables, hot, item);
    const key = keyOf(tables, hot, item);
    const after = hot.hasAll(item, itemBit.number) ? tables.sequences.push(hot.limbs, item * limbsPer) : none;
    const n = hot.hasAll(item, itemBit.n) ? (hot.n[item] ?? none) : none;
    const flow = flowOf(tables, producer, key);
    const identity = tables.isCountedByKey ? identityFlowOf(tables, producer, key) : flow;
    const index = openEntry(tables, op, flow, recordFor(tables, op, flow, n, identity), after);
    if (hot.hasAll(item, itemBit.hash))
      tables.entryHash.set(
        index,
        tables.hashes.idAt(hot.source.words, hot.hashStart[item] ?? 0, hot.hashEnd[item] ?? 0),
      );
  }
};

const takeDigest = (tables: Tables, hot: LineColumns, item: number): void => {
  if (hot.hasAll(item, itemBit.digest)) tables.digest.setHex(hot.digestHigh[item] ?? 0, hot.digestLow[item] ?? 0);
  else tables.digest.setNone();
};

const applyAck = (tables: Tables, hot: LineColumns, line: number): void => {
  const { first } = closeOp(tables, { op: hot.op, t: hot.t, line, results: hot.count });
  noteAttempts(tables, hot.op, hot.attempts);
  for (let item = 0; item < hot.count; item += 1) {
    const shard = tables.shards.idAt(hot.source.words, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
    placeEntry(tables, first + item, shard, tables.sequences.push(hot.limbs, item * limbsPer));
  }
};

const applyPage = (tables: Tables, hot: LineColumns, line: number): void => {
  const reader = idOf(tables.readers, hot, hot.reader);
  const chain = chainOf(tables, hot.chain, reader, idOf(tables.shards, hot, hot.shard), undefined);
  const { t, t0, behind, more, count } = hot;
  const page = openPage(tables, chain, { line, t, t0, behind, more, count, isFailed: false });
  tables.sequence.long = undefined;
  for (let item = 0; item < count; item += 1) applyRecord(tables, hot, page, item);
};

const applyRecord = (tables: Tables, hot: LineColumns, page: number, item: number): void => {
  takeDigest(tables, hot, item);
  const read = addRead(tables, page, identify(tables, hot, item), hot.limbs, item * limbsPer);
  const has = hot.has[item] ?? 0;
  tables.readArrival.push((has & itemBit.arrival) === 0 ? Number.NaN : (hot.arrival[item] ?? Number.NaN));
  const isNamed = (has & itemBit.n) !== 0;
  if ((has & itemBit.name) === 0 || ((has & itemBit.idKey) === 0 && isNamed)) return;
  const key = textOf(hot, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
  if (!isNamed || textOf(hot, hot.idKeyStart[item] ?? 0, hot.idKeyEnd[item] ?? 0) !== key)
    tables.readKey.set(read, key);
};

const textOf = (hot: LineColumns, start: number, end: number): string =>
  Buffer.from(hot.source.bytes.buffer, start, end - start).toString('latin1');

const identify = (tables: Tables, hot: LineColumns, item: number): number => {
  const has = hot.has[item] ?? 0;
  if ((has & itemBit.n) === 0) return none;
  const isNamed = (has & (itemBit.name | itemBit.idKey)) !== 0;
  if (!isNamed && tables.head?.stream?.distribution !== 'AUTO') return none;
  const key = !isNamed
    ? tables.records.keys.id('')
    : (has & itemBit.idKey) === 0
      ? keyOf(tables, hot, item)
      : tables.records.keys.idAt(hot.source.words, hot.idKeyStart[item] ?? 0, hot.idKeyEnd[item] ?? 0);
  const isTold = (has & itemBit.producer) !== 0;
  const producer = producerOf(
    tables,
    hot,
    isTold ? (hot.producerStart[item] ?? none) : none,
    hot.producerEnd[item] ?? 0,
  );
  return tables.records.recordOf(identityFlowOf(tables, producer, key), hot.n[item] ?? none);
};
