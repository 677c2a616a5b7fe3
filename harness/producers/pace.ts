import type { Clock } from '../lib/clock.ts';
import { seededRandom } from '../lib/random.ts';
import { oneByOne } from './one-by-one.ts';

/**
 * The schedule of a producer: when each record is due, in milliseconds since the producer began. The k-th record is
 * due at k/rate seconds; without a rate, all are due at once. The schedule never looks at answers: a producer that is
 * late sends at once, and its record stays due when it was.
 */
export type TimeLine = {
  /** When the next record is due, milliseconds. */
  readonly next: () => number;
  /** Resolves at that time, never before, or when the signal aborts. */
  readonly until: (ms: number, signal: AbortSignal) => Promise<void>;
  /** That time in microseconds of the history; undefined without a rate. */
  readonly due: (ms: number) => number | undefined;
};

/** Less than the clock can measure, in milliseconds. */
const nowMs = 0.001;

export type Schedule = {
  /** Records per second. Without it, all records are due at once. */
  readonly rate?: number | undefined;
  /** `poisson`: random gaps, drawn by the seed, as of many independent callers. */
  readonly arrivals?: 'constant' | 'poisson' | undefined;
  readonly seed?: string | undefined;
};

export const timeLine = (clock: Clock, schedule: Schedule): TimeLine => {
  const { rate } = schedule;
  const start = clock.now();
  const gap = gapsOf(schedule);
  let handed = 0;
  let atMs = 0;
  return {
    next: () => {
      if (rate === undefined) return 0;
      atMs = gap === undefined ? (handed / rate) * 1000 : atMs + gap();
      handed += 1;
      return atMs;
    },
    until: async (ms, signal) => {
      // A timer may fire a little early. Then the rest is slept, too, unless the clock stands still.
      let before = -1;
      for (let now = clock.now(); now !== before; now = clock.now()) {
        const aheadMs = ms - (now - start) / 1000;
        if (aheadMs <= nowMs || signal.aborted) return;
        before = now;
        await clock.sleep(aheadMs, signal).catch(() => undefined);
      }
    },
    due: (ms) => (rate === undefined ? undefined : start + Math.round(ms * 1000)),
  };
};

/** Returns the milliseconds to the next record; undefined if all gaps are equal. */
const gapsOf = ({ rate, arrivals, seed = '' }: Schedule): (() => number) | undefined => {
  if (rate === undefined || arrivals !== 'poisson') return undefined;
  const random = seededRandom(`${seed}/arrivals`);
  return () => (-Math.log(1 - random.next()) / rate) * 1000;
};

type Due = { readonly due?: number };

/** The same record with its due time, if it has one. */
export const dueAt = <R extends Due>(record: R, due: number | undefined): R =>
  due === undefined ? record : { ...record, due };

/**
 * Hands records over when they are due, one after the other. However many workers wait, records leave in the order of
 * the application, and no worker waits after the last record.
 */
export const handing = <R extends Due>(
  line: TimeLine,
  next: () => R | undefined,
  signal: AbortSignal,
): (() => Promise<R | undefined>) => {
  const inTurn = oneByOne();
  let isOver = false;
  return async () => {
    let record: R | undefined;
    await inTurn(async () => {
      if (isOver) return;
      const atMs = line.next();
      await line.until(atMs, signal);
      const given = signal.aborted ? undefined : next();
      isOver = given === undefined;
      if (given !== undefined) record = dueAt(given, line.due(atMs));
    });
    return record;
  };
};
