import { type Names, textOfName } from '../../lib/names.ts';
import type { AckEvent, IteratorStart, PageEvent, PutResult, ReadRecord } from '../../model/event.ts';
import { historyError } from '../../model/history-error.ts';
import { columnTypes, itemBit, type LineColumns, none, rareBit, type Span } from '../../model/line-columns.ts';
import { canonicalSequence } from '../../model/sequence-number.ts';
import { limbsPer } from '../../model/sequences.ts';
import { closeOp, flowOf, identityFlowOf, openEntry, openOp, placeEntry, recordFor } from './fold-put.ts';
import { addRead, chainOf, openPage } from './fold-read.ts';
import { outcome, type Tables } from './tables.ts';

/** Folds one put, answer or page into the tables, scanned or parsed. */
export const applyColumns = (tables: Tables, hot: LineColumns, line: number): void => {
  beginLine(tables, hot, line);
  if (hot.type === columnTypes.put) applyPut(tables, hot, line);
  else if (hot.type === columnTypes.ack) applyAck(tables, hot, line);
  else applyPage(tables, hot, line);
};

/** Checks what holds for every line: the head came first, and time does not fall. Throws `historyError` otherwise. */
export const beginLine = (tables: Tables, hot: LineColumns, line: number): void => {
  if (tables.head === undefined)
    throw historyError(line, `the first line must be the head, got type ${typeNames[hot.type] ?? ''}`);
  applyTime(tables, hot.t, line);
};

const typeNames = ['', 'put', 'ack', 'page'];

export const applyTime = (tables: Tables, t: number, line: number): void => {
  if (t < tables.lastT)
    throw historyError(line, `t falls from ${tables.lastT} to ${t}: lines must stand in the order of time`);
  tables.lastT = t;
};

const idOf = (names: Names, hot: LineColumns, span: Span): number => names.idAt(hot.source.words, span.start, span.end);

/** The id of a producer; without one, that of the empty name. */
const producerOf = (tables: Tables, hot: LineColumns, start: number, end: number): number =>
  start === none ? tables.records.producers.id('') : tables.records.producers.idAt(hot.source.words, start, end);

const keyOf = (tables: Tables, hot: LineColumns, item: number): number =>
  tables.records.keys.idAt(hot.source.words, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);

const takeDigest = (tables: Tables, hot: LineColumns, item: number, text: string | undefined): void => {
  if (hot.hasAll(item, itemBit.digest)) tables.digest.setHex(hot.digestHigh[item] ?? 0, hot.digestLow[item] ?? 0);
  else if (text === undefined) tables.digest.setNone();
  else tables.digest.read(text);
};

/** Returns an index into `sequences`. `text`: set if the number may be too long for a column. */
const numberOf = (tables: Tables, hot: LineColumns, item: number, text: string | undefined): number =>
  tables.sequences.push(hot.limbs, item * limbsPer, longOf(tables, text));

/** The text of a number that is too long for a column; undefined for all others. */
const longOf = ({ sequence }: Tables, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  sequence.read(text);
  return sequence.long;
};

const applyPut = (tables: Tables, hot: LineColumns, line: number): void => {
  const { op: number, t, isBatch, count, put } = hot;
  const op = openOp(tables, { op: number, t, line, isBatch, isSentinel: put?.role === 'sentinel', count });
  const { carriers } = hot;
  if (carriers !== undefined) tables.opParts.set(op, carriers);
  // The sender did not receive the answer of that call, as far as the recorder saw the wire.
  if (hot.retryOf !== none && tables.isRetryOfEvidence) tables.opRetryOf.set(op, hot.retryOf);
  let shared = none;
  for (let item = 0; item < count; item += 1) {
    const isOwn = hot.hasAll(item, itemBit.producer);
    if (!isOwn && shared === none) shared = producerOf(tables, hot, hot.producer.start, hot.producer.end);
    applyEntry(tables, hot, item, op, isOwn ? ownProducerOf(tables, hot, item) : shared);
  }
};

const applyEntry = (tables: Tables, hot: LineColumns, item: number, op: number, producer: number): void => {
  const has = hot.has[item] ?? 0;
  const rare = (has & rareBit) === 0 ? undefined : hot.put?.entries[item];
  takeDigest(tables, hot, item, rare?.digest);
  const after = (has & itemBit.number) === 0 ? none : numberOf(tables, hot, item, rare?.after);
  const n = (has & itemBit.n) === 0 ? none : (hot.n[item] ?? none);
  const key = keyOf(tables, hot, item);
  const flow = flowOf(tables, producer, key);
  const named = rare?.flow === undefined ? key : tables.records.keys.id(rare.flow);
  const isPlain = named === key && !tables.isCountedByKey;
  const identity = isPlain ? flow : identityFlowOf(tables, producer, named);
  const index = openEntry(tables, op, flow, recordFor(tables, op, flow, n, identity), after);
  if ((has & itemBit.sub) !== 0) tables.entryPart.set(index, hot.sub[item] as number);
  if ((has & itemBit.hash) === 0) return;
  const hash = tables.hashes.idAt(hot.source.words, hot.hashStart[item] ?? 0, hot.hashEnd[item] ?? 0);
  tables.entryHash.set(index, hash);
};

const ownProducerOf = (tables: Tables, hot: LineColumns, item: number): number =>
  producerOf(tables, hot, hot.producerStart[item] ?? none, hot.producerEnd[item] ?? 0);

const applyAck = (tables: Tables, hot: LineColumns, line: number): void => {
  const { op, t, ack } = hot;
  const isOk = ack === undefined || ack.outcome === 'ok';
  const { first, count } = closeOp(tables, { op, t, line, results: isOk ? hot.count : -1 });
  if (hot.attempts > 1) tables.opAttempts.set(tables.ops.get(op) ?? -1, hot.attempts);
  if (!isOk) return applyFailure(tables, ack, first, count);
  for (let item = 0; item < count; item += 1) {
    const rare = hot.hasAll(item, rareBit) ? (ack?.results?.[item] as AnyResult) : undefined;
    if (typeof rare?.error === 'string') {
      applyRefused(tables, first + item, rare.error, rare.message);
      continue;
    }
    const shard = tables.shards.idAt(hot.source.words, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
    placeEntry(tables, first + item, shard, numberOf(tables, hot, item, rare?.seq));
    if (hot.hasAll(item, itemBit.sub)) tables.entrySub.set(first + item, hot.sub[item] as number);
  }
};

type AnyResult = Partial<Extract<PutResult, { readonly seq: string }> & Extract<PutResult, { readonly error: string }>>;

const applyFailure = (tables: Tables, ack: AckEvent, first: number, count: number): void => {
  noteFailure(tables.opFailure, tables.ops.get(ack.op) ?? -1, tables.failures.id(ack.error, ack.message));
  for (let entry = first; entry < first + count; entry += 1) tables.entryStatus.set(entry, outcome[ack.outcome]);
};

const noteFailure = (failures: Map<number, number>, of: number, failure: number): void => {
  if (failure >= 0) failures.set(of, failure);
};

/** The only error that surely stored nothing of an entry. Contract, 1. */
const throttled = 'ProvisionedThroughputExceededException';

const applyRefused = (tables: Tables, entry: number, error: string, message: string | undefined): void => {
  tables.entryStatus.set(entry, error === throttled ? outcome.fail : outcome.info);
  noteFailure(tables.entryFailure, entry, tables.failures.id(error, message));
};

/** One answer of GetRecords. */
const applyPage = (tables: Tables, hot: LineColumns, line: number): void => {
  const { page: event, t, t0, behind, more, count } = hot;
  const reader = idOf(tables.readers, hot, hot.reader);
  const from = event?.from === undefined ? undefined : canonicalStart(event.from);
  const chain = chainOf(tables, hot.chain, reader, idOf(tables.shards, hot, hot.shard), from);
  const isFailed = event?.error !== undefined;
  // A failed page has no next iterator. That does not mean the end of the shard.
  const page = openPage(tables, chain, { line, t, t0, behind, more: isFailed ? 0 : more, count, isFailed });
  if (event !== undefined) applyRarePage(tables, page, event);
  for (let item = 0; item < count; item += 1)
    applyRecord(tables, hot, page, item, hot.hasAll(item, rareBit) ? event?.records?.[item] : undefined);
};

const canonicalStart = (from: IteratorStart): IteratorStart =>
  from.seq === undefined ? from : { ...from, seq: canonicalSequence(from.seq) };

const applyRarePage = (tables: Tables, page: number, { error, message, worker, lane, children }: PageEvent): void => {
  const failure = error === undefined ? -1 : tables.failures.id(error, message);
  if (failure >= 0) tables.pageFailure.set(page, failure);
  if (worker !== undefined) tables.pageWorker.set(page, worker);
  if (lane !== undefined) tables.pageLane.set(page, String(lane));
  if (children !== undefined) tables.pageChildren.set(page, children);
};

const applyRecord = (
  tables: Tables,
  hot: LineColumns,
  page: number,
  item: number,
  rare: ReadRecord | undefined,
): void => {
  // Noted before `addRead`: once there are sub-sequence numbers, it leaves places to be compared later.
  if (hot.hasAll(item, itemBit.sub)) tables.readSub.set(tables.readPage.length, hot.sub[item] as number);
  tables.sequence.long = longOf(tables, rare?.seq);
  takeDigest(tables, hot, item, rare?.digest);
  const read = addRead(tables, page, identify(tables, hot, item, rare?.flow), hot.limbs, item * limbsPer);
  const has = hot.has[item] ?? 0;
  tables.readArrival.push((has & itemBit.arrival) === 0 ? Number.NaN : (hot.arrival[item] ?? Number.NaN));
  if ((has & itemBit.name) === 0) return;
  if (rare?.flow !== undefined) keyOf(tables, hot, item);
  const isNamed = (has & itemBit.n) !== 0 && rare?.flow === undefined;
  if (isNamed && (has & itemBit.idKey) === 0) return;
  const key = textOf(hot, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
  if (!isNamed || textOf(hot, hot.idKeyStart[item] ?? 0, hot.idKeyEnd[item] ?? 0) !== key)
    tables.readKey.set(read, key);
};

const textOf = (hot: LineColumns, start: number, end: number): string =>
  textOfName(Buffer.from(hot.source.bytes.buffer, start, end - start));

/**
 * The record with this identity; -1: it has none, and is of another run or another writer. Without a key there is no
 * identity, except on a stream that distributes records by itself (AUTO): there a key may be absent.
 */
const identify = (tables: Tables, hot: LineColumns, item: number, named: string | undefined): number => {
  const has = hot.has[item] ?? 0;
  if ((has & itemBit.n) === 0) return none;
  const isNamed = named !== undefined || (has & (itemBit.name | itemBit.idKey)) !== 0;
  if (!isNamed && tables.head?.stream?.distribution !== 'AUTO') return none;
  const isTold = (has & itemBit.producer) !== 0;
  const producer = isTold ? ownProducerOf(tables, hot, item) : tables.records.producers.id('');
  const flow = identityFlowOf(tables, producer, identityKeyOf(tables, hot, item, named));
  if (named !== undefined) tables.namedFlows.add(flow);
  return tables.records.recordOf(flow, hot.n[item] ?? none);
};

/** What stands for the key in the record's identity. */
const identityKeyOf = (tables: Tables, hot: LineColumns, item: number, named: string | undefined): number => {
  const { keys } = tables.records;
  if (named !== undefined) return keys.id(named);
  if (hot.hasAll(item, itemBit.idKey))
    return keys.idAt(hot.source.words, hot.idKeyStart[item] ?? 0, hot.idKeyEnd[item] ?? 0);
  return hot.hasAll(item, itemBit.name) ? keyOf(tables, hot, item) : keys.id('');
};
