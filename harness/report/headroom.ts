import type { AckEvent, HistoryEvent, PutEvent } from '../model/event.ts';
import type { Limits } from '../model/limits.ts';

/**
 * What AWS would have taken, from the history alone: no emulator throttles. Counts what was stored, by shard and by the second in which it was sent. A call is one that AWS
 * would have throttled when one of its records is beyond the shard's records or bytes of that second; seconds begin at the start of the run, so a burst across two may be missed.
 */
export type Headroom = {
  /** The highest use of any shard in any second, and its share of the limit. */
  readonly recordsPeak: Peak;
  readonly bytesPeak: Peak;
  readonly throttledCalls: number;
  /** The most bytes first, at most ten; share of all bytes. */
  readonly hottestKeys: readonly { readonly key: string; readonly bytes: number; readonly share: number }[];
  /** Whether more shards would keep below the limits: not where one key alone goes beyond them. Null where nothing does. */
  readonly wouldMoreShardsHelp: boolean | null;
};
export type Peak = { readonly shard: string; readonly second: number; readonly used: number; readonly share: number };

type Use = { readonly shard: string; readonly second: number; records: number; bytes: number };

export const headroomOf = (events: Iterable<HistoryEvent>, limits: Limits): Headroom => {
  const puts = new Map<number, PutEvent>();
  const shards = new Map<string, Use>();
  const keys = new Map<string, Use>();
  const bytesOfKey = new Map<string, number>();
  const throttled = new Set<number>();
  const isOver = ({ records, bytes }: Use): boolean =>
    records > limits.shardRecordsPerSecond || bytes > limits.shardBytesPerSecond;
  const note = (put: PutEvent, { results = [] }: AckEvent): void => {
    const second = Math.floor(put.t / 1e6);
    for (const [index, entry] of put.entries.entries()) {
      const result = results[index];
      if (result === undefined || 'error' in result) continue;
      const bytes = (entry.bytes ?? 0) + Buffer.byteLength(entry.key);
      const at = { shard: result.shard, second, bytes };
      if (isOver(add(shards, `${second}/${result.shard}`, at))) throttled.add(put.op);
      add(keys, `${second}/${entry.key}`, at);
      bytesOfKey.set(entry.key, (bytesOfKey.get(entry.key) ?? 0) + bytes);
    }
  };
  for (const event of events) {
    if (event.type === 'put' && event.role === undefined) puts.set(event.op, event);
    if (event.type !== 'ack') continue;
    const put = puts.get(event.op);
    puts.delete(event.op);
    if (put !== undefined) note(put, event);
  }
  return {
    recordsPeak: peakOf(shards, 'records', limits.shardRecordsPerSecond),
    bytesPeak: peakOf(shards, 'bytes', limits.shardBytesPerSecond),
    throttledCalls: throttled.size,
    hottestKeys: hottest(bytesOfKey),
    wouldMoreShardsHelp: throttled.size === 0 ? null : ![...keys.values()].some(isOver),
  };
};

const add = (uses: Map<string, Use>, id: string, at: Omit<Use, 'records'>): Use => {
  const use = uses.get(id) ?? { shard: at.shard, second: at.second, records: 0, bytes: 0 };
  use.records += 1;
  use.bytes += at.bytes;
  uses.set(id, use);
  return use;
};

const peakOf = (uses: ReadonlyMap<string, Use>, what: 'records' | 'bytes', limit: number): Peak => {
  let most: Use = { shard: '', second: 0, records: 0, bytes: 0 };
  for (const use of uses.values()) if (use[what] > most[what]) most = use;
  return { shard: most.shard, second: most.second, used: most[what], share: most[what] / limit };
};

const hottest = (bytesOfKey: ReadonlyMap<string, number>): Headroom['hottestKeys'] => {
  const all = [...bytesOfKey.values()].reduce((sum, bytes) => sum + bytes, 0);
  return [...bytesOfKey]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 10)
    .map(([key, bytes]) => ({ key, bytes, share: bytes / all }));
};
