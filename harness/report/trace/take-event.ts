import type { AckEvent, PageEvent, PutEntryEvent, PutEvent, ReadRecord } from '../../model/event.ts';
import { orderedBy } from '../../model/ordered-by.ts';
import type { Draft } from './draft.ts';
import { hashPart } from './hash-part.ts';
import { iteratorTypes, none, outcomes } from './trace.ts';

/** Fields from the format's Additions, which older readers do not know. */
type FlowField = { readonly flow?: string; readonly producer?: string };
type PageMore = { readonly worker?: string };

export const takePut = (draft: Draft, put: PutEvent, line: number): void => {
  const api = put.role === 'sentinel' ? 2 : put.api === 'PutRecords' ? 1 : 0;
  const producer = draft.producer(put.producer);
  openCall(draft, { op: put.op, line, t: put.t, producer, api });
  for (const entry of put.entries) takeEntry(draft, put, entry, producer);
};

export type OpenCall = {
  readonly op: number;
  readonly line: number;
  readonly t: number;
  readonly producer: number;
  readonly api: number;
};

export const openCall = (draft: Draft, { op, line, t, producer, api }: OpenCall): void => {
  draft.calls.set(op, draft.callOp.push(op));
  draft.callLine.push(line);
  draft.callT.push(t);
  draft.callAckLine.push(none);
  draft.callAckT.push(none);
  draft.callProducer.push(producer);
  draft.callApi.push(api);
  draft.callOutcome.push(0);
  draft.callError.push(none);
  draft.callFirst.push(draft.entryFlow.length);
};

const takeEntry = (draft: Draft, put: PutEvent, entry: PutEntryEvent & FlowField, producer: number): void => {
  const isMarker = put.role === 'sentinel';
  const key = isMarker ? none : draft.keys.id(entry.key ?? '');
  const by = entry.producer === undefined ? producer : draft.producer(entry.producer);
  const own = entry.flow === undefined ? key : draft.keys.id(entry.flow);
  const flow = isMarker ? none : draft.flow(by, own);
  const hash = entry.hash ?? (entry.part === undefined ? undefined : put.parts?.[entry.part]?.hash);
  pushEntry(draft, flow, key, entry.n ?? none, hash === undefined ? none : hashPart(hash));
};

export const pushEntry = (draft: Draft, flow: number, key: number, n: number, hash: number): void => {
  draft.entryFlow.push(flow);
  draft.entryKey.push(key);
  draft.entryN.push(n);
  draft.entryPlace.push(none);
  draft.entryError.push(none);
  draft.entryHash.push(hash);
};

export const takeAck = (draft: Draft, ack: AckEvent, line: number): void => {
  const call = closeCall(draft, ack.op, { line, t: ack.t, outcome: outcomes.indexOf(ack.outcome) });
  if (call < 0) return;
  if (ack.error !== undefined) draft.callError.set(call, draft.errors.id(ack.error));
  const first = draft.callFirst.at(call);
  for (const [index, result] of (ack.results ?? []).entries()) {
    if ('error' in result) draft.entryError.set(first + index, draft.errors.id(result.error));
    else draft.entryPlace.set(first + index, draft.place(result.shard, result.seq, result.sub));
  }
};

export type Closing = { readonly line: number; readonly t: number; readonly outcome: number };

/** The index of the answered call; -1 if it was not kept. */
export const closeCall = (draft: Draft, op: number, { line, t, outcome }: Closing): number => {
  const call = draft.calls.get(op);
  if (call === undefined) return none;
  draft.calls.delete(op);
  draft.callAckLine.set(call, line);
  draft.callAckT.set(call, t);
  draft.callOutcome.set(call, outcome);
  return call;
};

export const takePage = (draft: Draft, page: PageEvent & PageMore, line: number): void => {
  const { t, t0 = t, reader, chain, shard, behind = none } = page;
  openPage(draft, {
    line,
    t,
    t0,
    reader: draft.readers.id(reader),
    chain,
    shard: draft.shards.id(shard),
    behind,
    more: page.more === undefined ? 0 : page.more ? 1 : 2,
  });
  const last = draft.pageLine.length - 1;
  if (page.worker !== undefined) draft.pageWorker.set(last, draft.workers.id(page.worker));
  if (page.from !== undefined) draft.pageStart.set(last, iteratorTypes.indexOf(page.from.type));
  if (page.error !== undefined) draft.pageError.set(last, draft.errors.id(page.error));
  for (const record of page.records ?? []) takeRecord(draft, shard, record);
};

export type OpenPage = {
  readonly line: number;
  readonly t: number;
  readonly t0: number;
  readonly reader: number;
  readonly chain: number;
  readonly shard: number;
  readonly behind: number;
  readonly more: number;
};

export const openPage = (draft: Draft, page: OpenPage): void => {
  draft.pageLine.push(page.line);
  draft.pageT0.push(page.t0);
  draft.pageT.push(page.t);
  draft.pageReader.push(page.reader);
  draft.pageChain.push(page.chain);
  draft.pageShard.push(page.shard);
  draft.pageWorker.push(none);
  draft.pageBehind.push(page.behind);
  draft.pageMore.push(page.more);
  draft.pageStart.push(none);
  draft.pageError.push(none);
  draft.pageFirst.push(draft.readPlace.length);
};

const takeRecord = (draft: Draft, shard: string, record: ReadRecord & FlowField): void => {
  const name = orderedBy(record);
  const isNamed = record.n !== undefined && name !== undefined;
  const flow = isNamed ? draft.flow(draft.producer(record.producer), draft.keys.id(name)) : none;
  pushRead(draft, draft.place(shard, record.seq, record.sub), flow, isNamed ? (record.n ?? none) : none);
};

export const pushRead = (draft: Draft, place: number, flow: number, n: number): void => {
  draft.readPlace.push(place);
  draft.readFlow.push(flow);
  draft.readN.push(n);
};
