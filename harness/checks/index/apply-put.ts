import type { AckEvent, PutEntryEvent, PutEvent, PutResult } from '../../model/event.ts';
import { closeOp, flowOf, identityFlowOf, openEntry, openOp, placeEntry, recordFor } from './fold-put.ts';
import { outcome, type Tables } from './tables.ts';

export const applyPut = (tables: Tables, event: PutEvent, line: number): void => {
  const op = openOp(tables, {
    op: event.op,
    t: event.t,
    line,
    isBatch: event.api === 'PutRecords' || event.parts !== undefined,
    isSentinel: event.role === 'sentinel',
    count: event.entries.length,
  });
  if (event.parts !== undefined) tables.opParts.set(op, event.parts);
  if (typeof event.retryOf === 'number') noteRetryOf(tables, op, event.retryOf);
  for (const entry of event.entries) applyEntry(tables, op, entry.producer ?? event.producer ?? '', entry);
};

/** The sender did not receive the answer of that call, as far as the recorder saw the wire. */
export const noteRetryOf = (tables: Tables, op: number, retryOf: number): void => {
  if (tables.isRetryOfEvidence) tables.opRetryOf.set(op, retryOf);
};

const applyEntry = (tables: Tables, op: number, producerName: string, entry: PutEntryEvent): void => {
  const { producers, keys } = tables.records;
  tables.digest.read(entry.digest);
  const after = entry.after === undefined ? -1 : numberOf(tables, entry.after);
  const producer = producers.id(producerName);
  const key = keys.id(entry.key);
  const flow = flowOf(tables, producer, key);
  const identity =
    entry.flow === undefined && !tables.isCountedByKey
      ? flow
      : identityFlowOf(tables, producer, entry.flow === undefined ? key : keys.id(entry.flow));
  const index = openEntry(tables, op, flow, recordFor(tables, op, flow, entry.n ?? -1, identity), after);
  if (entry.hash !== undefined) tables.entryHash.set(index, tables.hashes.id(entry.hash));
  if (entry.part !== undefined) tables.entryPart.set(index, entry.part);
};

/** Into `sequences`. */
export const numberOf = (tables: Tables, text: string): number => {
  tables.sequence.read(text);
  return tables.sequences.pushParts(tables.sequence);
};

export const applyAck = (tables: Tables, event: AckEvent, line: number): void => {
  const results = event.outcome === 'ok' ? (event.results ?? []) : undefined;
  const { op, t } = event;
  const { first, count } = closeOp(tables, { op, t, line, results: results?.length ?? -1 });
  noteAttempts(tables, op, event.attempts);
  if (results === undefined)
    noteFailure(tables.opFailure, tables.ops.get(op) ?? -1, tables.failures.id(event.error, event.message));
  for (let index = 0; index < count; index += 1) {
    const result = results?.[index];
    if (result === undefined) tables.entryStatus.set(first + index, outcome[event.outcome]);
    else applyResult(tables, first + index, result);
  }
};

export const noteAttempts = (tables: Tables, op: number, attempts = 1): void => {
  if (attempts > 1) tables.opAttempts.set(tables.ops.get(op) ?? -1, attempts);
};

const noteFailure = (failures: Map<number, number>, of: number, failure: number): void => {
  if (failure >= 0) failures.set(of, failure);
};

/** Source of the one sure failure of an entry: contract, 1. */
const throttled = 'ProvisionedThroughputExceededException';

const applyResult = (tables: Tables, entry: number, result: PutResult): void => {
  if ('error' in result && typeof result.error === 'string') {
    tables.entryStatus.set(entry, result.error === throttled ? outcome.fail : outcome.info);
    noteFailure(tables.entryFailure, entry, tables.failures.id(result.error, result.message));
    return;
  }
  const placed = result as Extract<PutResult, { readonly seq: string }>;
  placeEntry(tables, entry, tables.shards.id(placed.shard), numberOf(tables, placed.seq));
  if (placed.sub !== undefined) tables.entrySub.set(entry, placed.sub);
};
