import { historyError } from '../../model/history-error.ts';
import { outcome, type Tables } from './tables.ts';

/** One call as it was sent, without its entries. */
export type Sent = {
  readonly op: number;
  readonly t: number;
  readonly line: number;
  /** PutRecords, or an aggregate: several records in one call. */
  readonly isBatch: boolean;
  readonly isSentinel: boolean;
  readonly count: number;
};

/**
 * Opens a call and returns its index. Throws `historyError` if its op was sent before. What was acknowledged on
 * earlier lines happened before this put.
 */
export const openOp = (tables: Tables, { op: number, t, line, isBatch, isSentinel, count }: Sent): number => {
  const known = tables.ops.get(number);
  if (known !== undefined) throw historyError(line, `op ${number} was sent before, on line ${tables.opLine.at(known)}`);
  const op = tables.opNumber.push(number);
  tables.ops.set(number, op);
  tables.opLine.push(line);
  tables.opAckLine.push(0);
  tables.opT.push(t);
  tables.opAckT.push(Number.POSITIVE_INFINITY);
  tables.opFirst.push(tables.entryOp.length);
  tables.opCount.push(count);
  tables.opBatch.push(isBatch ? 1 : 0);
  tables.opSentinel.push(isSentinel ? 1 : 0);
  tables.inFlight += 1;
  if (tables.inFlight > tables.inFlightMax) tables.inFlightMax = tables.inFlight;
  return op;
};

/**
 * The record of an entry. `n` -1: it has no number. `identity`: the flow that identifies the record, if it is not that
 * of producer and key.
 */
export const recordFor = (tables: Tables, op: number, flow: number, n: number, identity: number = flow): number => {
  if (identity !== flow && tables.opSentinel.at(op) === 0) noteWriter(tables, identity, flow);
  return n < 0 ? tables.records.anonymous(identity) : tables.records.recordOf(identity, n);
};

/**
 * Adds an entry and returns its index. `after`: index into `sequences`; -1: none. The digest is in `tables.digest`.
 */
export const openEntry = (tables: Tables, op: number, flow: number, record: number, after: number): number => {
  const index = tables.entryOp.push(op);
  tables.entryFlow.push(flow);
  tables.entryRecord.push(record);
  tables.records.lastEntry.set(record, index);
  tables.entryStatus.push(outcome.none);
  tables.entryShard.push(-1);
  tables.entryNumber.push(-1);
  tables.entryDigest.push(tables.digests.push(tables.digest));
  if (after >= 0) tables.entryAfter.set(index, after);
  if (tables.opSentinel.at(op) === 1) return index;
  noteMode(tables, op, flow, after);
  tables.flowOpen.set(flow, tables.flowOpen.at(flow) + 1);
  return index;
};

/** The flow of a producer and a key, by their ids. */
export const flowOf = (tables: Tables, producer: number, key: number): number => {
  const flow = tables.records.flowOf(producer, key);
  while (tables.flowMode.length <= flow) {
    tables.flowMode.push(0);
    tables.flowOpen.push(0);
    tables.flowLast.push(-1);
    tables.flowPuts.push(0);
  }
  return flow;
};

const noteWriter = (tables: Tables, identity: number, flow: number): void => {
  const writers = tables.flowWriters.get(identity) ?? new Set<number>();
  tables.flowWriters.set(identity, writers.add(flow));
};

/** The flow that identifies a record. It has no producer if one counter counts over all producers of a key. */
export const identityFlowOf = (tables: Tables, producer: number, key: number): number =>
  flowOf(tables, tables.isCountedByKey ? tables.records.producers.id('') : producer, key);

/** P1 to P4: the weakest of all puts of the flow (contract, 3). Only the workload counts, sentinels do not. */
const noteMode = (tables: Tables, op: number, flow: number, after: number): void => {
  const mode = tables.opBatch.at(op) === 1 ? 4 : tables.flowOpen.at(flow) > 0 ? 3 : serialMode(tables, flow, after);
  if (mode > tables.flowMode.at(flow)) tables.flowMode.set(flow, mode);
  tables.flowPuts.set(flow, tables.flowPuts.at(flow) + 1);
};

/**
 * The mode of a serial put. 0 before the first acknowledgement: there is no number of this flow to name, so the put
 * alone says nothing of the mode. Contract, rule 18.
 */
const serialMode = (tables: Tables, flow: number, after: number): number => {
  const last = tables.flowLast.at(flow);
  if (last < 0) return 0;
  return after >= 0 && tables.sequences.compare(after, tables.entryNumber.at(last)) === 0 ? 1 : 2;
};

export type Answered = {
  readonly op: number;
  readonly t: number;
  readonly line: number;
  /** How many results the answer has; -1: none. */
  readonly results: number;
};

/**
 * Closes a call. Returns its first entry, which the others follow. Throws `historyError` if the answer does not fit.
 */
export const closeOp = (tables: Tables, answer: Answered): { readonly first: number; readonly count: number } => {
  const op = tables.ops.get(answer.op);
  if (op === undefined) throw historyError(answer.line, `an answer for op ${answer.op}, which was never sent`);
  if (tables.opAckLine.at(op) > 0) {
    throw historyError(answer.line, `op ${answer.op} was answered before, on line ${tables.opAckLine.at(op)}`);
  }
  const first = tables.opFirst.at(op);
  const count = tables.opCount.at(op);
  if (answer.results >= 0 && answer.results !== count) {
    throw historyError(answer.line, `${answer.results} results for the ${count} entries of op ${answer.op}`);
  }
  tables.opAckLine.set(op, answer.line);
  tables.opAckT.set(op, answer.t);
  tables.inFlight -= 1;
  if (tables.opSentinel.at(op) === 1) return { first, count };
  for (let entry = first; entry < first + count; entry += 1) {
    const flow = tables.entryFlow.at(entry);
    tables.flowOpen.set(flow, tables.flowOpen.at(flow) - 1);
  }
  return { first, count };
};

/** `number`: index into `sequences`. */
export const placeEntry = (tables: Tables, entry: number, shard: number, number: number): void => {
  tables.entryStatus.set(entry, outcome.ok);
  tables.entryShard.set(entry, shard);
  tables.entryNumber.set(entry, number);
  if (tables.opSentinel.at(tables.entryOp.at(entry)) === 1) return;
  tables.flowLast.set(tables.entryFlow.at(entry), entry);
};
