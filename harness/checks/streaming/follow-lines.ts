import type { AckEvent, Head, HistoryEvent, PageEvent, PutEvent } from '../../model/event.ts';
import { historyError } from '../../model/history-error.ts';
import { limbsPer } from '../../model/sequences.ts';
import { apply, applyTime } from '../index/apply.ts';
import type { Delivered } from './delivered.ts';
import { mustBe } from './not-plain.ts';
import { Call } from './open-calls.ts';
import type { ChainFront } from './shard-front.ts';
import { type StreamingRun, sumsOf } from './streaming-run.ts';

/** One line that was decoded. */
export const followEvent = (run: StreamingRun, event: Head | HistoryEvent, line: number): void => {
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
      return followPage(run, event, line);
    default:
      return apply(run.tables, event, line);
  }
};

export const begun = ({ tables }: StreamingRun, t: number, line: number): void => {
  if (tables.head === undefined) throw historyError(line, 'the first line must be the head');
  applyTime(tables, t, line);
};

/** One of it is used again for every record. */
const item: Delivered = { flow: 0, n: 0, hasDigest: 0, high: 0, low: 0, arrival: Number.NaN };

const takeDigest = ({ tables: { digest } }: StreamingRun, text: string | undefined): void => {
  digest.read(text);
  mustBe(digest.text === undefined, 'a digest of another form');
  item.hasDigest = digest.kind;
  item.high = digest.kind === 0 ? 0 : digest.high;
  item.low = digest.kind === 0 ? 0 : digest.low;
};

const followPut = (run: StreamingRun, event: PutEvent, line: number): void => {
  const isMarker = event.role === 'sentinel';
  mustBe(event.parts === undefined, 'an aggregate');
  mustBe(event.retryOf === undefined || !run.tables.isRetryOfEvidence, 'an answer that its sender did not receive');
  const { tables } = run;
  const producer = tables.records.producers.id(event.producer ?? '');
  const call = new Call(event.op, line, event.t, event.entries.length);
  call.isBatch = event.api === 'PutRecords';
  call.isMarker = isMarker;
  run.openCall(call);
  for (const { key, flow, producer: own, n, digest, after, hash, bytes } of event.entries) {
    mustBe(flow === undefined && own === undefined, 'a record with a flow or a producer of its own');
    mustBe(n !== undefined, 'a record without a number');
    mustBe(digest !== undefined || bytes === undefined, 'a size without a digest');
    const keyId = tables.records.keys.id(key);
    if (!isMarker) run.hashKeys.note(keyId, hash === undefined ? -1 : tables.hashes.id(hash));
    item.flow = run.flowOf(producer, keyId);
    item.n = n;
    takeDigest(run, digest);
    if (after !== undefined) takeNumber(run, after);
    run.send(item, after === undefined ? undefined : sumsOf(tables.sequence.limbs, 0));
  }
};

const takeNumber = ({ tables: { sequence } }: StreamingRun, text: string): void => {
  sequence.read(text);
  mustBe(sequence.long === undefined, 'a number of more than 64 digits');
};

/** By its shape, an answer that went well has results, and one that is no error has a shard and a number. */
type AnyResult = { readonly error?: unknown; readonly shard: string; readonly seq: string; readonly sub?: number };

const followAck = (run: StreamingRun, event: AckEvent, line: number): void => {
  const { op, outcome, t } = event;
  mustBe((event.attempts ?? 1) <= 1, 'a call that its client sent more than once');
  if (outcome !== 'ok') return followFailure(run, op, line);
  const results = event.results as readonly AnyResult[];
  run.closeCall(op, results.length);
  const { sequence, shards } = run.tables;
  const limbs = new Int32Array(results.length * limbsPer);
  let at = 0;
  for (const { error, shard, seq, sub } of results) {
    if (typeof error === 'string') {
      run.reject();
      continue;
    }
    mustBe(sub === undefined, 'a record inside another');
    takeNumber(run, seq);
    limbs.set(sequence.limbs, at);
    run.place(run.shard(shards.id(shard)), limbs, at, t);
    at += limbsPer;
  }
  run.settle(limbs, line);
};

/** Surely, or nobody knows: if it is sent again, and only that is ever seen, it is the same. */
const followFailure = (run: StreamingRun, op: number, line: number): void => {
  const count = run.closeCall(op, -1);
  for (let item = 0; item < count; item += 1) run.reject();
  run.settle(new Int32Array(0), line);
};

const followPage = (run: StreamingRun, event: PageEvent, line: number): void => {
  const { tables } = run;
  const isEnd = event.more === false;
  const names = event.children !== undefined && event.children.length > 0;
  mustBe(
    isEnd ? event.error === undefined && (names || event.children === undefined) : !names,
    'a page that ends its shard and is odd',
  );
  const chain = chainOf(run, event);
  const records = event.error === undefined ? (event.records ?? []) : [];
  const limbs = new Int32Array(records.length * limbsPer);
  for (const [index, { key, flow, n, producer, idKey, sub, seq, digest, arrival }] of records.entries()) {
    mustBe(flow === undefined, 'a record with a flow of its own');
    mustBe(key !== undefined && n !== undefined && sub === undefined, 'a record without identity, or inside another');
    mustBe(idKey === undefined || idKey === key, 'a key that is not that of the record');
    takeNumber(run, seq);
    takeDigest(run, digest);
    item.flow = run.flowOf(tables.records.producers.id(producer ?? ''), tables.records.keys.id(key));
    item.n = n;
    item.arrival = arrival ?? Number.NaN;
    limbs.set(tables.sequence.limbs, index * limbsPer);
    run.readers.deliver(chain, limbs, index * limbsPer, item);
  }
  if (records.length > 0) run.readers.endPage(chain, limbs, (records.length - 1) * limbsPer, line);
  if (isEnd) {
    chain.endedLine = line;
    chain.children = event.children;
  }
  notePage(chain, event.t, event.t0 ?? Number.NaN, event.behind);
};

/**
 * Begun where nothing lies before, as far as its first record tells; or again right behind what its reader was given
 * last: after an iterator that expired, or a restart.
 */
const chainOf = (run: StreamingRun, { from, reader, shard, chain }: PageEvent): ChainFront => {
  const { readers, shards, sequence } = run.tables;
  const [who, where] = [readers.id(reader), shards.id(shard)];
  if (from === undefined) return run.readers.chain(chain, who, where);
  const at = run.shard(where);
  if (from.type === 'LATEST') return run.readers.openAtTip(chain, who, at);
  if (from.type === 'AT_TIMESTAMP') return run.readers.openChain(chain, who, at, { since: from.at ?? 0 });
  if (from.type === 'UNKNOWN') return run.readers.openChain(chain, who, at);
  if (from.type === 'TRIM_HORIZON') return run.readers.openChain(chain, who, at, { isTrim: true });
  // By its shape it has a number.
  takeNumber(run, from.seq as string);
  const isAfter = from.type === 'AFTER_SEQUENCE_NUMBER';
  const known = isAfter ? run.readers.given(who, at) : undefined;
  if (known !== undefined) return run.readers.resumeChain(chain, known, sequence.limbs);
  return run.readers.openChain(chain, who, at, { from: sequence.limbs.slice(), isAfter });
};

/** A page that says "nothing behind" counts for the pages after it. */
export const notePage = (chain: ChainFront, t: number, t0: number, behind: number | undefined): void => {
  chain.lastT = t;
  if (behind === 0) chain.caughtUpT0 = Math.max(chain.caughtUpT0, Number.isNaN(t0) ? t : t0);
};
