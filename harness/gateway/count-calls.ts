import type { ProxiedCall } from '../faults/fault.ts';
import type { ApiCall } from '../tap/call.ts';

/**
 * How faults see a call. Producers of this tool tell who they are and count for themselves; of every other client,
 * puts and reads are counted by listener, each from 1, retries included. undefined for operations that no fault is
 * about.
 */
export const callCounts = (): ((call: ApiCall, op: number | undefined) => Omit<ProxiedCall, 'body'> | undefined) => {
  const puts = new Map<string, number>();
  const reads = new Map<string, number>();
  const next = (counts: Map<string, number>, name: string): number => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
  return ({ operation: api, port, tag }, told) => {
    const counts = isPut(api) ? puts : isRead(api) ? reads : undefined;
    if (counts === undefined) return undefined;
    const producer = tag?.producer ?? port;
    const op = tag?.op ?? told;
    return { api, producer, call: tag?.call ?? next(counts, producer), ...(op === undefined ? {} : { op }) };
  };
};

export const isPut = (operation: string): boolean => operation === 'PutRecord' || operation === 'PutRecords';
const isRead = (operation: string): boolean => operation === 'GetRecords' || operation === 'SubscribeToShard';
