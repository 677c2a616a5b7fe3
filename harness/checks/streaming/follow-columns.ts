import { enough } from '../../lib/enough.ts';
import type { IteratorStart, PageEvent, PutEntryEvent, PutPart, PutResult, ReadRecord } from '../../model/event.ts';
import { columnTypes, itemBit, type LineColumns, none, rareBit } from '../../model/line-columns.ts';
import { limbsPer } from '../../model/sequences.ts';
import { beginLine } from '../index/apply-columns.ts';
import type { Delivered } from './delivered.ts';
import { followSubject } from './follow-subject.ts';
import { Call } from './open-calls.ts';
import { isForeign, isIdKey, takeDigest, takeForeign } from './read-item.ts';
import type { ChainFront, ShardFront, Tip } from './shard-front.ts';
import type { StreamingRun } from './streaming-run.ts';
import { ordinalOf } from './subs.ts';
import { sumsOf } from './sums.ts';

/** Takes a put, answer or page, scanned or parsed. Returns `enough` if no further line is needed. */
export const followColumns = (run: StreamingRun, hot: LineColumns, line: number): typeof enough | undefined => {
  beginLine(run.tables, hot, line);
  if (hot.type === columnTypes.put) followPut(run, hot, line);
  else if (hot.type === columnTypes.ack) followAck(run, hot, line);
  else followPage(run, hot, line);
  return run.isOver ? enough : undefined;
};

/** One object is used again for every record. */
const record: Delivered = { flow: 0, n: 0, sub: 0, hasDigest: 0, high: 0, low: 0, arrival: Number.NaN };

const identified = itemBit.name | itemBit.n;

/**
 * The ids of the keys of a line, by item; of an item without key or number: anything. They are valid until the next
 * line.
 */
const keysOf = ({ tables }: StreamingRun, { source, has, nameStart, nameEnd, count }: LineColumns): Int32Array => {
  if (keyIds.length < count) keyIds = new Int32Array(count * 2);
  const { keys } = tables.records;
  let every = identified;
  for (let item = 0; item < count; item += 1) every &= has[item] as number;
  if (every === identified) keys.idsAt(source.words, nameStart, nameEnd, count, keyIds);
  else
    for (let item = 0; item < count; item += 1)
      if (((has[item] as number) & identified) === identified)
        keyIds[item] = keys.idAt(source.words, nameStart[item] as number, nameEnd[item] as number);
  return keyIds;
};
let keyIds = new Int32Array(0);

const hashOf = (
  { tables: { hashes } }: StreamingRun,
  { source, hashStart, hashEnd }: LineColumns,
  item: number,
): number => hashes.idAt(source.words, hashStart[item] as number, hashEnd[item] as number);

const followPut = (run: StreamingRun, hot: LineColumns, line: number): void => {
  const { producers } = run.tables.records;
  const { words } = hot.source;
  const { start, end } = hot.producer;
  const producer = start === none ? producers.id('') : producers.idAt(words, start, end);
  const call = new Call(hot.op, line, hot.t, hot.count);
  call.isBatch = hot.isBatch;
  call.isMarker = hot.put?.role === 'sentinel';
  const { carriers } = hot;
  if (carriers !== undefined) carry(call, hot, carriers);
  run.openCall(call);
  const ofItem = keysOf(run, hot);
  for (let item = 0; item < hot.count && !run.isOver; item += 1) {
    const has = hot.has[item] as number;
    if ((has & entryBits) !== usual) {
      const odd = oddEntry(has, hot.put?.entries[item]);
      if (odd !== undefined) return run.spill('all', odd);
    }
    const key = ofItem[item] as number;
    if (!call.isMarker) run.hashKeys.note(key, (has & itemBit.hash) === 0 ? -1 : hashOf(run, hot, item));
    record.flow = run.flowOf(producer, key);
    record.n = hot.n[item] as number;
    takeDigest(record, hot, item, has);
    run.send(record, (has & itemBit.number) === 0 ? undefined : sumsOf(hot.limbs, item * limbsPer));
  }
};

const carry = (call: Call, { count, has, sub }: LineColumns, parts: readonly PutPart[]): void => {
  call.parts = parts;
  call.partOf = new Int32Array(count);
  for (let item = 0; item < count; item += 1)
    call.partOf[item] = ((has[item] as number) & itemBit.sub) === 0 ? -1 : (sub[item] as number);
};

const usual = itemBit.n | itemBit.digest;
const entryBits = usual | itemBit.producer | rareBit;

const oddEntry = (has: number, entry: PutEntryEvent | undefined): string | undefined => {
  const rare = (has & rareBit) === 0 ? undefined : entry;
  if (rare?.flow !== undefined || (has & itemBit.producer) !== 0)
    return 'a record with a flow or a producer of its own';
  if ((has & itemBit.n) === 0) return 'a record without a number';
  if (rare?.digest !== undefined && (has & itemBit.digest) === 0) return digestOfAnotherForm;
  if ((has & (itemBit.digest | itemBit.size)) === itemBit.size) return 'a size without a digest';
  return rare === undefined ? undefined : longNumber;
};

const digestOfAnotherForm = 'a digest of another form';
const longNumber = 'a number of more than 64 digits';
const inside = 'a record inside another';

const followAck = (run: StreamingRun, hot: LineColumns, line: number): void => {
  const { ack } = hot;
  if (ack !== undefined && ack.outcome !== 'ok') return followFailure(run, hot, line);
  run.closeCall(hot.op, hot.count);
  const { shards } = run.tables;
  const { isCarried } = run;
  const { words } = hot.source;
  for (let item = 0; item < hot.count && !run.isOver; item += 1) {
    const has = hot.has[item] as number;
    if ((has & rareBit) !== 0) {
      if (!isRefused(ack?.results?.[item])) return run.spill('all', longNumber);
      run.reject();
      continue;
    }
    const shard = run.shard(shards.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number));
    const sub = (has & itemBit.sub) === 0 ? 0 : subOf(run, hot, item);
    run.place(shard, hot.limbs, item * limbsPer, sub, hot.t);
    if (isCarried) run.noteCarrier(shard, item);
  }
  run.settle(hot.limbs, line);
};

const isRefused = (result: PutResult | undefined): boolean =>
  result !== undefined && 'error' in result && typeof result.error === 'string';

/**
 * The ordinal of a user record in its aggregate, see `ordinalOf`. -1 if it is too large: then everything is spilled.
 */
const subOf = (run: StreamingRun, hot: LineColumns, item: number): number => {
  run.hasAggregates = true;
  const sub = ordinalOf(hot.sub[item] as number);
  if (sub < 0) run.spill('all', 'a user record far behind the first of its aggregate');
  return sub;
};

/**
 * The call failed surely, or its outcome is unknown. Both are the same if its records are sent again, and only that is
 * ever seen.
 */
const followFailure = (run: StreamingRun, hot: LineColumns, line: number): void => {
  const count = run.closeCall(hot.op, -1);
  for (let item = 0; item < count && !run.isOver; item += 1) run.reject();
  run.settle(hot.limbs, line);
};

const followPage = (run: StreamingRun, hot: LineColumns, line: number): void => {
  const { records } = run.tables;
  const { words } = hot.source;
  const { page } = hot;
  if (run.subjects.isAny && followSubject(run, hot, line)) return;
  if (page !== undefined && !isUsualEnd(page)) return run.spill('all', 'an unusual page at the end of a shard');
  const chain = chainOf(run, hot);
  if (chain === undefined) return;
  let producer = 0;
  const ofItem = keysOf(run, hot);
  for (let item = 0; item < hot.count && !run.isOver; item += 1) {
    const has = hot.has[item] as number;
    if (run.isShared && isForeign(has)) {
      takeForeign(record, hot, item);
      run.readers.deliver(chain, hot.limbs, item * limbsPer, record);
      continue;
    }
    if ((has & rareBit) !== 0 || (has & identified) !== identified)
      return run.spill('all', oddRecord(has, page?.records?.[item]));
    // Fast path: most records have the producer of the record before.
    const start = hot.producerStart[item] as number;
    const end = hot.producerEnd[item] as number;
    if ((has & itemBit.producer) === 0) producer = records.producers.id('');
    else if (!records.producers.isAt(producer, words, start, end)) producer = records.producers.idAt(words, start, end);
    const key = ofItem[item] as number;
    if (!isIdKey(run, hot, item, key)) return run.spill('all', 'a key that is not that of the record');
    takeDigest(record, hot, item, has);
    record.flow = run.flowOf(producer, key);
    record.n = hot.n[item] as number;
    record.sub = (has & itemBit.sub) === 0 ? 0 : subOf(run, hot, item);
    record.arrival = (has & itemBit.arrival) === 0 ? Number.NaN : (hot.arrival[item] as number);
    run.readers.deliver(chain, hot.limbs, item * limbsPer, record);
  }
  if (hot.count > 0) run.readers.endPage(chain, hot.limbs, (hot.count - 1) * limbsPer);
  if (hot.more === 2) {
    chain.endedLine = line;
    chain.children = page?.children;
  }
  chain.lastT = hot.t;
  // A page with MillisBehindLatest 0 counts for the pages after it.
  if (hot.behind === 0) chain.caughtUpT0 = Math.max(chain.caughtUpT0, Number.isNaN(hot.t0) ? hot.t : hot.t0);
};

const oddRecord = (has: number, record: ReadRecord | undefined): string => {
  const rare = (has & rareBit) === 0 ? undefined : record;
  if (rare?.flow !== undefined) return 'a record with a flow of its own';
  if ((has & identified) !== identified) return 'a record without identity';
  return rare?.digest !== undefined && (has & itemBit.digest) === 0 ? digestOfAnotherForm : longNumber;
};

const isUsualEnd = ({ more, error, children }: PageEvent): boolean => {
  const names = children !== undefined && children.length > 0;
  return more === false ? error === undefined && (names || children === undefined) : !names;
};

const tipOf = ({ t0, t }: IteratorStart, shard: ShardFront): Tip => ({
  askedT: t0 ?? Number.NEGATIVE_INFINITY,
  givenT: t ?? Number.POSITIVE_INFINITY,
  top: shard.highest(),
});

/**
 * The chain of a page: one that it goes on with, or a new one. An iterator right behind the last record of its reader
 * (after an expired iterator, or a restart) resumes that reader's chain. Undefined if there is none: then everything
 * is spilled.
 */
const chainOf = (
  run: StreamingRun,
  { chain, reader, shard, source: { words }, page }: LineColumns,
): ChainFront | undefined => {
  const { readers, shards, sequence } = run.tables;
  const who = readers.idAt(words, reader.start, reader.end);
  const where = shards.idAt(words, shard.start, shard.end);
  const from = page?.from;
  if (from === undefined) return run.readers.numbers.find(chain, who, where);
  const at = run.shard(where);
  if (from.type === 'LATEST') return run.readers.openChain(chain, who, at, { tip: tipOf(from, at) });
  if (from.type === 'AT_TIMESTAMP') return run.readers.openChain(chain, who, at, { since: from.at ?? 0 });
  if (from.type === 'UNKNOWN') return run.readers.openChain(chain, who, at);
  if (from.type === 'TRIM_HORIZON') return run.readers.openChain(chain, who, at, { isTrim: true });
  // The line was validated: an iterator of these types has a number.
  sequence.read(from.seq as string);
  if (sequence.long !== undefined) {
    run.spill('all', longNumber);
    return undefined;
  }
  if (from.sub !== undefined) {
    run.spill('all', inside);
    return undefined;
  }
  const isAfter = from.type === 'AFTER_SEQUENCE_NUMBER';
  const known = isAfter ? at.given(who) : undefined;
  if (known !== undefined) return run.readers.resumeChain(chain, known, sequence.limbs);
  return run.readers.openChain(chain, who, at, { from: sequence.limbs.slice(), isAfter });
};
