import { z } from 'zod';

/** Options that every strategy has. */
export const sendOptions = {
  /** Records a second, at most; without it as fast as answers come. */
  rate: z.number().gt(0).max(1_000_000).optional(),
  /** Calls under way at once. */
  inFlight: z.int().min(1).max(1000).default(1),
  /** Attempts of one record, the first included. */
  attempts: z.int().min(1).max(100).default(5),
  /** `shared`: every producer writes the same keys. `own`: each has keys of its own. */
  keys: z.enum(['shared', 'own']).default('own'),
} as const;

/** Records that are all at hand at once are never old: time then closes nothing, and whoever asked for it would wait in vain. */
export const needsRate = [
  ({ maxBufferedMs, rate }: { readonly maxBufferedMs?: number | undefined; readonly rate?: unknown }): boolean =>
    maxBufferedMs === undefined || rate !== undefined,
  {
    error: 'maxBufferedMs needs a rate: without one all records are at hand at once, and time closes no call',
    path: ['maxBufferedMs'],
  },
] satisfies [unknown, unknown];
