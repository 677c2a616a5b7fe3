import type { Clock } from '../lib/clock.ts';
import { seededRandom } from '../lib/random.ts';
import { oneByOne } from './one-by-one.ts';

/**
 * When each record of a producer is handed over, milliseconds since it began: the k-th at k/rate seconds, all at once
 * without a rate. The schedule never looks at answers: who is late sends at once, and its record stays due when it was.
 */
export type TimeLine = {
  /** The next record's moment. */
  readonly next: () => number;
  /** Resolves when that moment has come, never before, or the signal aborts. */
  readonly until: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A moment as microseconds of the history; undefined without a rate. */
  readonly due: (ms: number) => number | undefined;
};

/** Below what the clock can tell. */
const nowMs = 0.001;

export type Schedule = {
  /** Records a second; without it all are handed over at once. */
  readonly rate?: number | undefined;
  /** `poisson`: gaps by chance of the seed, as of many callers who know nothing of each other. */
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
      // A timer may fire a little early: then what is left is slept, too, unless the clock stands still.
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

/** Milliseconds to the next record; undefined where gaps are all alike. */
const gapsOf = ({ rate, arrivals, seed = '' }: Schedule): (() => number) | undefined => {
  if (rate === undefined || arrivals !== 'poisson') return undefined;
  const random = seededRandom(`${seed}/arrivals`);
  return () => (-Math.log(1 - random.next()) / rate) * 1000;
};

type Due = { readonly due?: number };

/** The same record, with the time at which it was due where there is one. */
export const dueAt = <R extends Due>(record: R, due: number | undefined): R =>
  due === undefined ? record : { ...record, due };

/**
 * Records at their moments, one after the other, however many workers wait for one: they leave in the order of the
 * application, and nobody waits for a moment behind the last.
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
