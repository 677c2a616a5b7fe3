import type { KeyBeyondShard } from '../model/headroom.ts';
import type { Limits } from '../model/limits.ts';
import { beyondIn, heatOf, type ShardSecond, shardSecond } from './window.ts';

/** The fields of a put and its answer that headroom needs. */
export type OpenPut = {
  readonly op: number;
  readonly parts?: readonly { readonly key: string }[];
  readonly entries: readonly OpenEntry[];
};
export type OpenEntry = { readonly key: string; readonly bytes?: number; readonly part?: number };
export type Placed = { readonly shard: string } | { readonly error: string };

export type KeyUse = { readonly keyBytes: number; records: number; bytes: number };
export type ShardUse = { readonly shard: string; records: Raw; bytes: Raw; throttledCalls: number };
export type Raw = { readonly used: number; readonly second: number };

/** What counting keeps: one second of records, the open puts, and a few numbers for each key and shard. */
export type HeadroomState = {
  readonly open: Map<number, OpenPut>;
  readonly keys: Map<string, KeyUse>;
  readonly shards: Map<string, ShardUse>;
  window: Map<string, ShardSecond>;
  second: number;
  records: number;
  recordsWithoutSize: number;
  bytes: number;
  calls: number;
  throttledCalls: number;
  refusedCalls: number;
  /**
   * Calls that were answered with AWS's throttling error. Those in `injectedOps`, by a fault, are not counted for the
   * target.
   */
  readonly throttledOps: Set<number>;
  readonly injectedOps: Set<number>;
  keyBeyondShard: KeyBeyondShard | null;
  shardsAtLeast: number;
  isWhole: boolean;
};

export const emptyState = (): HeadroomState => ({
  open: new Map(),
  keys: new Map(),
  shards: new Map(),
  window: new Map(),
  second: 0,
  records: 0,
  recordsWithoutSize: 0,
  bytes: 0,
  calls: 0,
  throttledCalls: 0,
  refusedCalls: 0,
  throttledOps: new Set(),
  injectedOps: new Set(),
  keyBeyondShard: null,
  shardsAtLeast: 1,
  isWhole: true,
});

export const keyOf = (state: HeadroomState, key: string): KeyUse => {
  const known = state.keys.get(key);
  if (known !== undefined) return known;
  const made = { keyBytes: Buffer.byteLength(key), records: 0, bytes: 0 };
  state.keys.set(key, made);
  return made;
};

export const windowOf = (state: HeadroomState, shard: string): ShardSecond => {
  const known = state.window.get(shard);
  if (known !== undefined) return known;
  const made = shardSecond(shard);
  state.window.set(shard, made);
  return made;
};

export const shardOf = (state: HeadroomState, shard: string): ShardUse => {
  const known = state.shards.get(shard);
  if (known !== undefined) return known;
  const none = { used: 0, second: 0 };
  const made = { shard, records: none, bytes: none, throttledCalls: 0 };
  state.shards.set(shard, made);
  return made;
};

export const closeSecond = (state: HeadroomState, limits: Limits): void => {
  const { second } = state;
  let [records, bytes] = [0, 0];
  for (const window of state.window.values()) {
    const use = shardOf(state, window.shard);
    if (window.records > use.records.used) use.records = { used: window.records, second };
    if (window.bytes > use.bytes.used) use.bytes = { used: window.bytes, second };
    records += window.records;
    bytes += window.bytes;
    const worst = state.keyBeyondShard;
    const beyond = beyondIn(window, second, limits);
    if (beyond !== null && (worst === null || heatOf(beyond, limits) > heatOf(worst, limits)))
      state.keyBeyondShard = beyond;
  }
  state.shardsAtLeast = Math.max(state.shardsAtLeast, Math.ceil(heatOf({ records, bytes }, limits)));
  state.window = new Map();
};
