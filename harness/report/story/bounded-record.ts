import type { Trace } from '../trace/trace.ts';
import type { LaneRecord } from './lane.ts';

/** How many attempts and deliveries of one record a picture shows. */
const first = 8;
const last = 2;

/**
 * Reduces a record that was sent or read very often to its first and last attempts, deliveries and places, and those
 * that the finding names. If a counter never changes, thousands of records look like one.
 */
export const boundedRecord = (trace: Trace, record: LaneRecord, witness: ReadonlySet<number>): LaneRecord => {
  const { attempts, deliveries, places } = record;
  if (Math.max(attempts.length, deliveries.length, places.length) <= first + last) return record;
  const few = <T>(all: readonly T[], isNamed: (one: T) => boolean): readonly T[] => {
    const named = new Set(all.filter(isNamed).slice(0, first));
    return all.filter((one, index) => index < first || index >= all.length - last || named.has(one));
  };
  const named = few(attempts, ({ call }) => witness.has(trace.calls.line[call] ?? 0));
  const given = few(deliveries, ({ page }) => witness.has(trace.pages.line[page] ?? 0));
  const kept = new Set([...named, ...given].map(({ place }) => place));
  return { ...record, attempts: named, deliveries: given, places: places.filter((place) => kept.has(place)) };
};
