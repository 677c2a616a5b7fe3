import { unsendable } from '../model/put-fits.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { Aggregate, Aggregator } from './aggregator.ts';
import { dueAt, type TimeLine } from './pace.ts';
import type { Arrival } from './parcel.ts';
import type { ProducerTools } from './producer.ts';

export type AggregatedSource = {
  readonly next: () => Arrival | undefined;
  /** Closes all aggregates that are open. */
  readonly close: () => void;
};

export type AggregatedSourceOptions = {
  readonly tools: Pick<ProducerTools, 'next' | 'refuse' | 'limits'>;
  readonly aggregator: Aggregator<Outgoing>;
  readonly line: TimeLine;
};

/**
 * Packs the application's records into aggregates, and returns them in the order in which they are closed: by size and
 * count, by their age on the time line, and at the end.
 */
export const aggregatedSource = ({ tools, aggregator, line }: AggregatedSourceOptions): AggregatedSource => {
  const ready: Arrival[] = [];
  let held: { readonly record: Outgoing; readonly atMs: number } | undefined;
  let nowMs = 0;
  const close = (aggregates: readonly Aggregate<Outgoing>[]): void => {
    for (const aggregate of aggregates) ready.push(arrivalOf(aggregate, nowMs));
  };
  const handed = (): typeof held => {
    const record = tools.next();
    if (record === undefined) return undefined;
    const atMs = line.next();
    return { record: dueAt(record, line.due(atMs)), atMs };
  };
  const take = (): boolean => {
    const given = held ?? handed();
    held = undefined;
    if (given === undefined) {
      close(aggregator.flush());
      return false;
    }
    const dueMs = aggregator.dueMs();
    const isDue = dueMs !== undefined && dueMs <= given.atMs;
    nowMs = Math.max(nowMs, isDue ? dueMs : given.atMs);
    if (isDue) {
      held = given;
      close(aggregator.tick(nowMs));
      return true;
    }
    const refused = unsendable(given.record, tools.limits);
    if (refused === undefined) close(aggregator.add(given.record, nowMs));
    else tools.refuse(refused);
    return true;
  };
  return {
    next: () => {
      while (ready.length === 0 && take());
      return ready.shift();
    },
    close: () => close(aggregator.flush()),
  };
};

const arrivalOf = ({ sinceMs, ...carrier }: Aggregate<Outgoing>, atMs: number): Arrival => ({
  parcel: { ...carrier, attempt: 1, op: -1 },
  atMs,
  sinceMs,
});
