import { median } from '../lib/median.ts';
import type { Timing } from './timing.ts';

/**
 * The most records that were due and not yet sent at one time. Records that wait in a batch by design are included.
 */
export const mostWaiting = (timings: readonly Timing[]): number => {
  const changes = timings.flatMap(({ due, sent }) => (sent > due ? [[due, 1] as const, [sent, -1] as const] : []));
  changes.sort(([a, up], [b, down]) => a - b || up - down);
  let [now, most] = [0, 0];
  for (const [, change] of changes) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
};

/** The share of each second by which answers may fall behind and still count as sustained. */
const growthMax = 0.05;
/** A smaller delay is the resolution of timers, or comes from batches that were cut at other places. Microseconds. */
const noiseUs = 20_000;
/** With fewer records, or less time, there is no trend. */
export const trendMin = { records: 20, us: 500_000 } as const;
/** The schedule is divided into this many parts. Each part shows how far answers lie behind in its middle. */
const parts = 16;

/**
 * True if the backlog did not grow. If a client or a service cannot keep up, answers lie further behind the schedule
 * by a share of every second. That share is the median of the slopes between all pairs of parts of the schedule, so
 * that a pause is not a trend. False if a record was not acknowledged. Undefined if there is too little data. Source:
 * P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968.
 */
export const isSustained = (timings: readonly Timing[]): boolean | undefined => {
  if (timings.some(({ acked }) => acked === undefined)) return false;
  const sorted = timings.toSorted((a, b) => a.due - b.due);
  const spanUs = (sorted.at(-1)?.due ?? 0) - (sorted[0]?.due ?? 0);
  if (sorted.length < trendMin.records || spanUs < trendMin.us) return undefined;
  return slopeOf(pointsOf(sorted)) * spanUs <= Math.max(noiseUs, spanUs * growthMax);
};

type Point = { readonly due: number; readonly behind: number };

const pointsOf = (sorted: readonly Timing[]): readonly Point[] => {
  const count = Math.min(parts, Math.floor(sorted.length / 4));
  return Array.from({ length: count }, (_, index) => {
    const part = sorted.slice((sorted.length * index) / count, (sorted.length * (index + 1)) / count);
    return { due: medianOf(part.map(({ due }) => due)), behind: medianOf(part.map(behindOf)) };
  });
};

const slopeOf = (points: readonly Point[]): number =>
  medianOf(
    points.flatMap((one, index) =>
      points.slice(index + 1).map((later) => (later.behind - one.behind) / Math.max(1, later.due - one.due)),
    ),
  );

const behindOf = ({ due, acked }: Timing): number => (acked ?? due) - due;

export const medianOf = (values: readonly number[]): number => median(values) ?? 0;

/** Records a second that were answered, from the first due time to the last answer. */
export const answeredPerSecond = (timings: readonly Timing[]): number => {
  const first = timings.reduce((least, { due }) => Math.min(least, due), Number.POSITIVE_INFINITY);
  const last = timings.reduce((most, { acked = 0 }) => Math.max(most, acked), 0);
  const count = timings.filter(({ acked }) => acked !== undefined).length;
  return count === 0 ? 0 : (count / Math.max(1, last - first)) * 1e6;
};
