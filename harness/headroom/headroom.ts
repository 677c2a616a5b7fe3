import type { HistoryLine } from '../model/event.ts';
import type { Headroom } from '../model/headroom.ts';
import type { Limits } from '../model/limits.ts';
import { columnTypes, type LineColumns } from '../model/line-columns.ts';
import { hotNames } from './fold-columns.ts';
import { headroomLimits, type NamedLimits } from './limits.ts';
import { resultOf } from './result.ts';
import {
  closeSecond,
  emptyState,
  type HeadroomState,
  keyOf,
  type OpenEntry,
  type OpenPut,
  type Placed,
  shardOf,
  windowOf,
} from './state.ts';
import { isBeyond } from './window.ts';

export type HeadroomFold = {
  /** Called for every line of a history, in order. */
  readonly take: (event: HistoryLine) => void;
  /** The same for a line that was scanned from its bytes. */
  readonly takeHot: (hot: LineColumns) => void;
  /** Undefined if nothing was stored, or puts were not recorded. */
  readonly result: () => Headroom | undefined;
};

/**
 * A fold over a history that counts what AWS would have throttled, since no emulator throttles by rate. It keeps one
 * second of records, the open puts and one number for each key. AWS would have throttled a call if one of its records
 * is beyond what its shard takes in that second. The framing of an aggregate is not counted; the aggregate is one
 * record, under the key of its first user record. It stops after `recordsMax` records.
 */
export const headroomFold = (recordsMax = Number.POSITIVE_INFINITY): HeadroomFold => {
  let held: NamedLimits = headroomLimits(undefined);
  const state = emptyState();
  const hots = hotNames();
  return {
    take: (event) => {
      if (!state.isWhole) return;
      if (event.type === 'head') held = headroomLimits(event);
      else if (event.type === 'put' && event.role === undefined) state.open.set(event.op, event);
      else if (event.type === 'fault' && event.phase === 'fired' && event.op !== undefined)
        state.injectedOps.add(event.op);
      else if (event.type === 'ack') takeAck(state, event, held.limits, recordsMax);
    },
    takeHot: (hot) => {
      if (!state.isWhole) return;
      if (hot.type === columnTypes.put) state.open.set(hot.op, hots.put(hot));
      else if (hot.type === columnTypes.ack)
        takeAck(state, { op: hot.op, t: hot.t, results: hots.results(hot) }, held.limits, recordsMax);
    },
    result: () => {
      if (state.records === 0) return undefined;
      closeSecond(state, held.limits);
      return resultOf(state, held);
    },
  };
};

type Answer = {
  readonly op: number;
  readonly t: number;
  readonly error?: string;
  readonly results?: readonly Placed[];
};

const takeAck = (state: HeadroomState, ack: Answer, limits: Limits, recordsMax: number): void => {
  const put = state.open.get(ack.op);
  if (put === undefined) return;
  state.open.delete(ack.op);
  if (ack.error === throttled) state.throttledOps.add(ack.op);
  if (ack.results === undefined) return;
  if (state.records >= recordsMax) {
    state.isWhole = false;
    state.open.clear();
    return;
  }
  const second = Math.floor(ack.t / 1e6);
  if (second !== state.second) {
    closeSecond(state, limits);
    state.second = second;
  }
  takeCall(state, put, ack.results, limits);
};

/** The error code when a shard's rate is exceeded. Source: AWS API reference, PutRecord and PutRecords. */
const throttled = 'ProvisionedThroughputExceededException';

const takeCall = (state: HeadroomState, put: OpenPut, results: readonly Placed[], limits: Limits): void => {
  const beyond = new Set<string>();
  /** The bytes of each Kinesis record of the call: an entry, or an aggregate of several. */
  const sizes = new Map<number, number>();
  let isThrottledByTarget = false;
  for (const [index, entry] of put.entries.entries()) {
    const result = results[index];
    if (result === undefined || 'error' in result) {
      isThrottledByTarget ||= result?.error === throttled;
      continue;
    }
    const record = entry.part === undefined ? index : -1 - entry.part;
    const before = sizes.get(record);
    sizes.set(record, (before ?? 0) + takeRecord(state, put, entry, before === undefined, result.shard));
    if (isBeyond(windowOf(state, result.shard), limits)) beyond.add(result.shard);
  }
  if (isThrottledByTarget) state.throttledOps.add(put.op);
  if (sizes.size === 0) return;
  state.calls += 1;
  if (wouldBeRefused([...sizes.values()], limits)) state.refusedCalls += 1;
  if (beyond.size > 0) state.throttledCalls += 1;
  for (const shard of beyond) shardOf(state, shard).throttledCalls += 1;
};

const wouldBeRefused = (sizes: readonly number[], { records, requestBytes, recordBytes }: Limits): boolean =>
  sizes.length > records ||
  sizes.reduce((sum, bytes) => sum + bytes, 0) > requestBytes ||
  sizes.some((bytes) => bytes > recordBytes);

/** The bytes that the entry adds: its data, and the key that Kinesis sees (once for an aggregate). */
const takeRecord = (state: HeadroomState, put: OpenPut, entry: OpenEntry, isNew: boolean, shard: string): number => {
  const use = keyOf(state, entry.key);
  const outer = entry.part === undefined ? undefined : put.parts?.[entry.part]?.key;
  const keyBytes = outer === undefined ? use.keyBytes : isNew ? Buffer.byteLength(outer) : 0;
  const units = isNew ? 1 : 0;
  const bytes = (entry.bytes ?? 0) + keyBytes;
  if (entry.bytes === undefined) state.recordsWithoutSize += 1;
  state.records += units;
  state.bytes += bytes;
  use.records += units;
  use.bytes += bytes;
  const window = windowOf(state, shard);
  window.records += units;
  window.bytes += bytes;
  window.keys.push(entry.key);
  window.units.push(units);
  window.sizes.push(bytes);
  return bytes;
};
