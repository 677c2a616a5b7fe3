import { columnTypes, itemBit, type LineColumns, none } from '../../model/line-columns.ts';
import { limbsPer } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';
import { begun, notePage } from './follow-lines.ts';
import { mustBe } from './not-plain.ts';
import { Call } from './open-calls.ts';
import { type StreamingRun, sumsOf } from './streaming-run.ts';

/** One line that was scanned. */
export const followColumns = (run: StreamingRun, hot: LineColumns, line: number): void => {
  begun(run, hot.t, line);
  if (hot.type === columnTypes.put) followPut(run, hot, line);
  else if (hot.type === columnTypes.ack) followAck(run, hot, line);
  else followPage(run, hot, line);
};

/** One of it is used again for every record. */
const record: Delivered = { flow: 0, n: 0, hasDigest: 0, high: 0, low: 0, arrival: Number.NaN };

const takeDigest = (hot: LineColumns, item: number, has: number): void => {
  const isTold = (has & itemBit.digest) !== 0;
  record.hasDigest = isTold ? 1 : 0;
  record.high = isTold ? (hot.digestHigh[item] as number) : 0;
  record.low = isTold ? (hot.digestLow[item] as number) : 0;
};

const hashOf = (
  { tables: { hashes } }: StreamingRun,
  { source, hashStart, hashEnd }: LineColumns,
  item: number,
): number => hashes.idAt(source.words, hashStart[item] as number, hashEnd[item] as number);

const followPut = (run: StreamingRun, hot: LineColumns, line: number): void => {
  const { keys, producers } = run.tables.records;
  const { words } = hot.source;
  const { start, end } = hot.producer;
  mustBe(hot.retryOf === none || !run.tables.isRetryOfEvidence, 'an answer that its sender did not receive');
  const producer = start === none ? producers.id('') : producers.idAt(words, start, end);
  const call = new Call(hot.op, line, hot.t, hot.count);
  call.isBatch = hot.isBatch;
  run.openCall(call);
  for (let item = 0; item < hot.count; item += 1) {
    const has = hot.has[item] as number;
    mustBe((has & itemBit.n) !== 0, 'a record without a number');
    mustBe((has & (itemBit.digest | itemBit.size)) !== itemBit.size, 'a size without a digest');
    const key = keys.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
    run.hashKeys.note(key, (has & itemBit.hash) === 0 ? -1 : hashOf(run, hot, item));
    record.flow = run.flowOf(producer, key);
    record.n = hot.n[item] as number;
    takeDigest(hot, item, has);
    run.send(record, (has & itemBit.number) === 0 ? undefined : sumsOf(hot.limbs, item * limbsPer));
  }
};

const followAck = (run: StreamingRun, hot: LineColumns, line: number): void => {
  mustBe(hot.attempts <= 1, 'a call that its client sent more than once');
  run.closeCall(hot.op, hot.count);
  const { shards } = run.tables;
  const { words } = hot.source;
  for (let item = 0; item < hot.count; item += 1) {
    const shard = shards.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
    run.place(run.shard(shard), hot.limbs, item * limbsPer, hot.t);
  }
  run.settle(hot.limbs, line);
};

const identified = itemBit.name | itemBit.n;

const followPage = (run: StreamingRun, hot: LineColumns, line: number): void => {
  const { shards, readers, records } = run.tables;
  const { words } = hot.source;
  const reader = readers.idAt(words, hot.reader.start, hot.reader.end);
  const chain = run.readers.chain(hot.chain, reader, shards.idAt(words, hot.shard.start, hot.shard.end));
  let producer = 0;
  for (let item = 0; item < hot.count; item += 1) {
    const has = hot.has[item] as number;
    mustBe((has & (identified | itemBit.idKey)) === identified, 'a record without identity, or with another key');
    // Nearly always the one of the record before.
    const start = hot.producerStart[item] as number;
    const end = hot.producerEnd[item] as number;
    if ((has & itemBit.producer) === 0) producer = records.producers.id('');
    else if (!records.producers.isAt(producer, words, start, end)) producer = records.producers.idAt(words, start, end);
    const key = records.keys.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
    record.flow = run.flowOf(producer, key);
    record.n = hot.n[item] as number;
    takeDigest(hot, item, has);
    record.arrival = (has & itemBit.arrival) === 0 ? Number.NaN : (hot.arrival[item] as number);
    run.readers.deliver(chain, hot.limbs, item * limbsPer, record);
  }
  if (hot.count > 0) run.readers.endPage(chain, hot.limbs, (hot.count - 1) * limbsPer, line);
  if (hot.more === 2) chain.endedLine = line;
  notePage(chain, hot.t, hot.t0, hot.behind);
};
