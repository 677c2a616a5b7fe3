import { HarnessError } from '../lib/error.ts';
import { type Batcher, createBatcher } from './batcher.ts';
import type { Arrival, Parcel, ParcelSource } from './parcel.ts';
import type { ProducerTools } from './producer.ts';

/**
 * The next call of a producer, filled by the batcher: first parcels that are sent again, then those of the source.
 * Batches are cut on the time line of the source (when each record is due), not by the clock. So the same seed cuts
 * the same calls, however fast the answers come.
 */
export type Filled = {
  readonly parcels: readonly Parcel[];
  /** When the batch was closed, on the source's time line. It is not sent before. */
  readonly readyMs: number;
};

export type ParcelQueue = {
  /** Returns the next call; its parcels are empty if none are left. */
  readonly fill: () => Filled;
  /** Queues parcels after those that are already sent again, before those of the source. */
  readonly again: (parcels: readonly Parcel[]) => void;
  /** Queues parcels before everything, including batches that were not sent yet. */
  readonly againFirst: (parcels: readonly Parcel[]) => void;
};

export type QueueOptions = {
  readonly tools: Pick<ProducerTools, 'limits' | 'refuse'>;
  readonly source: ParcelSource;
  readonly batch: number;
  readonly maxBufferedMs?: number | undefined;
  readonly laneOf?: (parcel: Parcel) => string;
};

export const parcelQueue = ({ tools, source, batch, maxBufferedMs, laneOf }: QueueOptions): ParcelQueue => {
  const batcher = createBatcher<Parcel>({
    limits: { ...tools.limits, records: Math.min(batch, tools.limits.records) },
    ...(maxBufferedMs === undefined ? {} : { maxBufferedMs }),
    ...(laneOf === undefined ? {} : { laneOf }),
  });
  const waiting: Parcel[] = [];
  let held: Arrival | undefined;
  let nowMs = 0;
  const next = (): Arrival | undefined => {
    const parcel = waiting.shift();
    if (parcel !== undefined) return { parcel, atMs: nowMs, sinceMs: nowMs };
    const from = held ?? source();
    held = undefined;
    return from;
  };
  const closeDue = (atMs: number): boolean => {
    const dueMs = batcher.dueMs();
    if (dueMs === undefined || dueMs > atMs) return false;
    nowMs = Math.max(nowMs, dueMs);
    batcher.tick(nowMs);
    return true;
  };
  const fill = (): Filled => {
    for (;;) {
      const ready = batcher.take();
      if (ready !== undefined) return { parcels: ready.records, readyMs: nowMs };
      const given = next();
      if (given === undefined) {
        batcher.flush();
        return { parcels: batcher.take()?.records ?? [], readyMs: nowMs };
      }
      if (closeDue(given.atMs)) {
        held = given;
        continue;
      }
      nowMs = Math.max(nowMs, given.atMs);
      const added = batcher.add(given.parcel, given.sinceMs);
      if (added instanceof HarnessError) tools.refuse(added);
    }
  };
  return {
    fill,
    again: (parcels) => void waiting.push(...parcels),
    againFirst: (parcels) => void waiting.unshift(...parcels, ...emptied(batcher)),
  };
};

const emptied = (batcher: Batcher<Parcel>): readonly Parcel[] => {
  const all: Parcel[] = [];
  batcher.flush();
  for (let batch = batcher.take(); batch !== undefined; batch = batcher.take()) all.push(...batch.records);
  return all;
};
