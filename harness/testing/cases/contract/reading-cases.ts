import type { Head } from '../../../model/event.ts';

/**
 * A history in the words of `order-lines.ts` (with one shard that is all of the stream and a final reader, unless it
 * begins with `bare`), and all that is found in it: anomaly/kind, ! forbidden, ~ allowed, . reported; < by what it is
 * explained. And which claims are unknown (?).
 */
export type ReadingCase = readonly [
  history: string | readonly (string | Record<string, unknown>)[],
  said: readonly string[],
  head?: Partial<Head>,
];
export type ReadingCases = Readonly<Record<string, Readonly<Record<string, ReadingCase>>>>;

/** Others write to the stream too. */
export const shared: Partial<Head> = { stream: { shared: true } };
/** What a consumer saw, and nothing of who put it. */
export const dump: Partial<Head> = { recorded: ['pages'] };
/** Wall time is the time of the run: arrivals count from 0, in milliseconds. */
export const epoch: Partial<Head> = { startedAt: '1970-01-01T00:00:00.000Z' };
/** One hour, 3 600 000 000 µs. */
export const anHour: Partial<Head> = { stream: { retentionHours: 1 } };
export const settle = (settleMs: number): Partial<Head> => ({ tolerances: { settleMs } });
