import type { AckEvent, PutEntryEvent, PutEvent, PutResult } from '../../model/event.ts';
import { historyError } from '../../model/history-error.ts';
import { canonicalSequence } from '../../model/sequence-number.ts';
import { outcome, type Tables } from './tables.ts';

/** An op sent twice cannot be judged. Everything that was acknowledged before this line happened before this put. */
export const applyPut = (tables: Tables, event: PutEvent, line: number): void => {
  if (tables.ops.has(event.op))
    throw historyError(line, `op ${event.op} was sent before, on line ${lineOfOp(tables, event.op)}`);
  const op = tables.opNumber.push(event.op);
  tables.ops.set(event.op, op);
  tables.opLine.push(line);
  tables.opAckLine.push(0);
  tables.opT.push(event.t);
  tables.opAckT.push(Number.POSITIVE_INFINITY);
  tables.opFirst.push(tables.entryOp.length);
  tables.opCount.push(event.entries.length);
  tables.opOutcome.push(outcome.none);
  tables.opBatch.push(event.api === 'PutRecords' || event.parts !== undefined ? 1 : 0);
  tables.opSentinel.push(event.role === 'sentinel' ? 1 : 0);
  if (event.parts !== undefined) tables.opParts.set(op, event.parts);
  tables.inFlight += 1;
  tables.inFlightMax = Math.max(tables.inFlightMax, tables.inFlight);
  const producer = event.producer ?? '';
  for (const entry of event.entries) applyEntry(tables, op, producer, entry);
};

const lineOfOp = (tables: Tables, op: number): number => tables.opLine.at(tables.ops.get(op) ?? 0);

const applyEntry = (tables: Tables, op: number, producer: string, entry: PutEntryEvent): void => {
  const flow = flowOf(tables, producer, entry.key);
  const index = tables.entryOp.push(op);
  tables.entryFlow.push(flow);
  const record = entry.n === undefined ? tables.records.anonymous(flow) : tables.records.recordOf(flow, entry.n);
  tables.entryRecord.push(record);
  tables.records.lastEntry.set(record, index);
  tables.entryStatus.push(outcome.none);
  tables.entryShard.push(-1);
  tables.entrySeq.push('');
  tables.entryDigest.push(entry.digest);
  if (entry.after !== undefined) tables.entryAfter.set(index, canonicalSequence(entry.after));
  if (entry.hash !== undefined) tables.entryHash.set(index, entry.hash);
  if (entry.part !== undefined) tables.entryPart.set(index, entry.part);
  if (entry.digest === undefined && entry.bytes !== undefined) tables.entryBytes.set(index, entry.bytes);
  if (tables.opSentinel.at(op) === 0) noteMode(tables, op, flow, index);
  tables.flowOpen.set(flow, tables.flowOpen.at(flow) + 1);
};

export const flowOf = (tables: Tables, producer: string, key: string): number => {
  const flow = tables.records.flowOf(producer, key);
  while (tables.flowMode.length <= flow) {
    tables.flowMode.push(0);
    tables.flowOpen.push(0);
    tables.flowLast.push(-1);
    tables.flowPuts.push(0);
  }
  return flow;
};

/** P1 to P4, the weakest of all puts of the flow (contract, 3). */
const noteMode = (tables: Tables, op: number, flow: number, entry: number): void => {
  const mode =
    tables.opBatch.at(op) === 1 ? 4 : tables.flowOpen.at(flow) > 0 ? 3 : isChained(tables, flow, entry) ? 1 : 2;
  if (mode > tables.flowMode.at(flow)) tables.flowMode.set(flow, mode);
  tables.flowPuts.set(flow, tables.flowPuts.at(flow) + 1);
};

const isChained = (tables: Tables, flow: number, entry: number): boolean => {
  const last = tables.flowLast.at(flow);
  return last < 0 || tables.entryAfter.get(entry) === tables.entrySeq[last];
};

export const applyAck = (tables: Tables, event: AckEvent, line: number): void => {
  const op = tables.ops.get(event.op);
  if (op === undefined) throw historyError(line, `an answer for op ${event.op}, which was never sent`);
  if (tables.opAckLine.at(op) > 0) {
    throw historyError(line, `op ${event.op} was answered before, on line ${tables.opAckLine.at(op)}`);
  }
  const first = tables.opFirst.at(op);
  const count = tables.opCount.at(op);
  const results = event.outcome === 'ok' ? (event.results ?? []) : undefined;
  if (results !== undefined && results.length !== count) {
    throw historyError(line, `${results.length} results for the ${count} entries of op ${event.op}`);
  }
  tables.opAckLine.set(op, line);
  tables.opAckT.set(op, event.t);
  tables.opOutcome.set(op, outcome[event.outcome]);
  tables.inFlight -= 1;
  for (let index = 0; index < count; index += 1) {
    const entry = first + index;
    const flow = tables.entryFlow.at(entry);
    tables.flowOpen.set(flow, tables.flowOpen.at(flow) - 1);
    const result = results?.[index];
    if (result === undefined) tables.entryStatus.set(entry, outcome[event.outcome]);
    else applyResult(tables, entry, result);
  }
};

/** Source of the one sure failure of an entry: contract, 1. */
const throttled = 'ProvisionedThroughputExceededException';

const applyResult = (tables: Tables, entry: number, result: PutResult): void => {
  if ('error' in result && typeof result.error === 'string') {
    tables.entryStatus.set(entry, result.error === throttled ? outcome.fail : outcome.info);
    return;
  }
  const placed = result as Extract<PutResult, { readonly seq: string }>;
  const shard = shardOf(tables, placed.shard);
  tables.entryStatus.set(entry, outcome.ok);
  tables.entryShard.set(entry, shard);
  tables.entrySeq[entry] = canonicalSequence(placed.seq);
  if (placed.sub !== undefined) tables.entrySub.set(entry, placed.sub);
  if (tables.opSentinel.at(tables.entryOp.at(entry)) === 1) return;
  tables.flowLast.set(tables.entryFlow.at(entry), entry);
};

export const shardOf = (tables: Tables, name: string): number => tables.shards.id(name);
