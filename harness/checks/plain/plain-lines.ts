import type { AckEvent, Head, HistoryEvent, PageEvent, PutEvent, TopologyEvent } from '../../model/event.ts';
import { historyError } from '../../model/history-error.ts';
import { type HotLine, hotTypes, none } from '../../model/hot-line.ts';
import { limbsPer } from '../../model/sequences.ts';
import { apply, applyTime } from '../view/apply.ts';
import { mustBe } from './not-plain.ts';
import type { PlainRun } from './plain-run.ts';
import type { ChainFront } from './shard-front.ts';

/** One line that was decoded. */
export const followEvent = (run: PlainRun, event: Head | HistoryEvent, line: number): void => {
  switch (event.type) {
    case 'head':
      apply(run.tables, event, line);
      return run.begin();
    case 'put':
      begun(run, event.t, line);
      return followPut(run, event, line);
    case 'ack':
      begun(run, event.t, line);
      return followAck(run, event, line);
    case 'page':
      begun(run, event.t, line);
      return followPage(run, event);
    case 'reshard':
      return mustBe(false, 'a reshard');
    case 'topology':
      mustBe(isOfOpenRoots(event), 'a shard that has parents, or is closed');
      return apply(run.tables, event, line);
    default:
      return apply(run.tables, event, line);
  }
};

const begun = ({ tables }: PlainRun, t: number, line: number): void => {
  if (tables.head === undefined) throw historyError(line, 'the first line must be the head');
  applyTime(tables, t, line);
};

const isOfOpenRoots = ({ shards }: TopologyEvent): boolean =>
  shards.every(({ parents, seq }) => (parents ?? []).length === 0 && (seq?.[1] ?? null) === null);

const followPut = (run: PlainRun, event: PutEvent, line: number): void => {
  const isSentinel = event.role === 'sentinel';
  mustBe(event.parts === undefined, 'an aggregate');
  const { tables } = run;
  const producer = tables.records.producers.id(event.producer ?? '');
  run.openCall(event.op, line, event.entries.length);
  let last = none;
  for (const { key, n, digest, after, hash, bytes } of event.entries) {
    mustBe(n !== undefined && (hash === undefined || isSentinel), 'a record without a number, or with a hash key');
    mustBe(digest !== undefined || bytes === undefined, 'a size without a digest');
    const flow = run.flowOf(producer, tables.records.keys.id(key));
    tables.digest.read(digest);
    last = run.openEntry(event.op, last, flow, n, { t: event.t, isSentinel });
    if (after !== undefined) {
      tables.sequence.read(after);
      mustBe(tables.sequence.long === undefined, 'a number of more than 60 digits');
    }
    if (!isSentinel)
      run.flows.noteMode(tables, {
        flow,
        isBatch: event.api === 'PutRecords',
        limbs: tables.sequence.limbs,
        after: after === undefined ? none : 0,
      });
    run.sent(flow);
  }
};

const followAck = (run: PlainRun, { op, outcome, results, t }: AckEvent, line: number): void => {
  mustBe(outcome === 'ok' && results !== undefined, 'a call that did not succeed');
  const call = run.closeCall(op, results.length);
  const { sequence, shards } = run.tables;
  let slot = call.first;
  for (const result of results) {
    mustBe('seq' in result && result.sub === undefined && !('error' in result), 'a record that was not stored');
    sequence.read(result.seq);
    mustBe(sequence.long === undefined, 'a number of more than 60 digits');
    run.place(slot, run.shard(shards.id(result.shard)), sequence.limbs, 0, call);
    slot = run.slots.nextOfOp[slot] ?? none;
  }
  settleAll(run, call.first, t, line);
};

const settleAll = (run: PlainRun, first: number, t: number, line: number): void => {
  let slot = first;
  while (slot >= 0) {
    const next = run.slots.nextOfOp[slot] ?? none;
    run.settle(slot, t, line);
    slot = next;
  }
};

const followPage = (run: PlainRun, event: PageEvent): void => {
  const { tables } = run;
  const { from } = event;
  const reader = tables.readers.id(event.reader);
  const shard = tables.shards.id(event.shard);
  mustBe(from === undefined || from.type === 'TRIM_HORIZON', 'a chain that does not begin at TRIM_HORIZON');
  mustBe(event.error === undefined && event.more !== false && event.children === undefined, 'a page that ends a shard');
  const chain =
    from === undefined ? run.chain(event.chain, reader, shard) : run.openChain(event.chain, reader, run.shard(shard));
  for (const record of event.records ?? []) {
    const { key, n, producer, idKey, sub } = record;
    mustBe(key !== undefined && n !== undefined && sub === undefined, 'a record without identity, or inside another');
    mustBe(idKey === undefined || idKey === key, 'a key that is not that of the record');
    tables.sequence.read(record.seq);
    mustBe(tables.sequence.long === undefined, 'a number of more than 60 digits');
    tables.digest.read(record.digest);
    mustBe(tables.digest.text === undefined, 'a digest of another form');
    const flow = run.flowOf(tables.records.producers.id(producer ?? ''), tables.records.keys.id(key));
    const { limbs } = tables.sequence;
    run.deliver(chain, { flow, n, limbs, at: 0, arrival: record.arrival ?? Number.NaN });
  }
  notePage(chain, event.t, event.t0 ?? Number.NaN, event.behind ?? Number.NaN);
};

/** A page that says "nothing behind" counts for the pages after it. */
const notePage = (chain: ChainFront, t: number, t0: number, behind: number): void => {
  if (behind === 0) chain.caughtUpT0 = Math.max(chain.caughtUpT0, Number.isNaN(t0) ? t : t0);
};

/** One line that was scanned. */
export const followHot = (run: PlainRun, hot: HotLine, line: number): void => {
  begun(run, hot.t, line);
  if (hot.type === hotTypes.put) followHotPut(run, hot, line);
  else if (hot.type === hotTypes.ack) followHotAck(run, hot, line);
  else followHotPage(run, hot);
};

const followHotPut = (run: PlainRun, hot: HotLine, line: number): void => {
  const { tables } = run;
  const { bytes, producer, op, isBatch } = hot;
  const who =
    producer.start < 0
      ? tables.records.producers.id('')
      : tables.names.producers.id(bytes, producer.start, producer.end);
  run.openCall(op, line, hot.count);
  const entry = { t: hot.t, isSentinel: false };
  const sent = { flow: 0, isBatch, limbs: hot.limbs, after: none };
  let last = none;
  for (let item = 0; item < hot.count; item += 1) {
    const n = hot.n[item] ?? none;
    mustBe(n >= 0, 'a record without a number');
    const flow = run.flowOf(who, tables.names.keys.id(bytes, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0));
    takeDigest(run, hot, item);
    mustBe(hot.hasDigest[item] === 1 || (hot.size[item] ?? none) < 0, 'a size without a digest');
    last = run.openEntry(op, last, flow, n, entry);
    sent.flow = flow;
    sent.after = hot.hasNumber[item] === 1 ? item * limbsPer : none;
    run.flows.noteMode(tables, sent);
    run.sent(flow);
  }
};

const takeDigest = ({ tables }: PlainRun, hot: HotLine, item: number): void => {
  if (hot.hasDigest[item] === 1) tables.digest.setHex(hot.digestHigh[item] ?? 0, hot.digestLow[item] ?? 0);
  else tables.digest.setNone();
};

const followHotAck = (run: PlainRun, hot: HotLine, line: number): void => {
  const call = run.closeCall(hot.op, hot.count);
  const { shards } = run.tables.names;
  let slot = call.first;
  for (let item = 0; item < hot.count; item += 1) {
    const shard = shards.id(hot.bytes, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
    run.place(slot, run.shard(shard), hot.limbs, item * limbsPer, call);
    slot = run.slots.nextOfOp[slot] ?? none;
  }
  settleAll(run, call.first, hot.t, line);
};

const followHotPage = (run: PlainRun, hot: HotLine): void => {
  const { names } = run.tables;
  const { bytes, reader, shard } = hot;
  mustBe(hot.more !== 2, 'a page that ends a shard');
  const chain = run.chain(
    hot.chain,
    names.readers.id(bytes, reader.start, reader.end),
    names.shards.id(bytes, shard.start, shard.end),
  );
  const record = { flow: 0, n: 0, limbs: hot.limbs, at: 0, arrival: Number.NaN };
  for (let item = 0; item < hot.count; item += 1) {
    record.n = hot.n[item] ?? none;
    record.at = item * limbsPer;
    record.arrival = hot.arrival[item] ?? Number.NaN;
    mustBe(record.n >= 0 && (hot.nameStart[item] ?? none) >= 0, 'a record without identity');
    mustBe((hot.idKeyStart[item] ?? none) < 0, 'a key that is not that of the record');
    record.flow = flowOfItem(run, hot, item);
    takeDigest(run, hot, item);
    run.deliver(chain, record);
  }
  notePage(chain, hot.t, hot.t0, hot.behind);
};

const flowOfItem = (run: PlainRun, hot: HotLine, item: number): number => {
  const { records, names } = run.tables;
  const start = hot.producerStart[item] ?? none;
  const producer =
    start < 0 ? records.producers.id('') : names.producers.id(hot.bytes, start, hot.producerEnd[item] ?? 0);
  return run.flowOf(producer, names.keys.id(hot.bytes, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0));
};
