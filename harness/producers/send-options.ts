import { z } from 'zod';

const rateMax = 1_000_000;
const rateWords =
  'expected records a second (above 0, at most 1000000), "limits", or { records, bytes } a second of each shard, whole numbers from 1';
const perSecond = z.int().min(1).max(Number.MAX_SAFE_INTEGER).optional();

/**
 * A number: records per second of the producer, as the application hands them over. `limits` or an object: a rate for
 * each shard, from the profile or as given.
 */
const rate = z.union(
  [
    z.number().refine((value) => value > 0 && value <= rateMax, rateWords),
    z.literal('limits'),
    z
      .strictObject({ records: perSecond, bytes: perSecond })
      .refine(({ records, bytes }) => records !== undefined || bytes !== undefined, rateWords),
  ],
  { error: rateWords },
);
export type Rate = z.infer<typeof rate>;

export const arrivals = z.enum(['constant', 'poisson']).optional();

/** Options of every strategy that sends with the tool's own client. */
export const sendOptions = {
  /**
   * A number: records per second of this producer. `limits`: what the limits profile allows each shard. An object:
   * records and bytes per second of each shard, which may be above its limits. Default: as fast as answers come.
   */
  rate: rate.optional(),
  /** For a rate that is a number: equal gaps, or gaps of a Poisson process drawn by the seed. Default `constant`. */
  arrivals,
  /** Calls in flight at once. Default 1. */
  inFlight: z.int().min(1).max(1000).default(1),
  /** Attempts of one record, the first included. Default 5. */
  attempts: z.int().min(1).max(100).default(5),
  /** `own` (default): each producer has its own keys. `shared`: all producers write the same keys. */
  keys: z.enum(['shared', 'own']).default('own'),
} as const;

/**
 * Rejects `maxBufferedMs` without a rate. Without a rate, all records come at once and are never old, so time would
 * close no call.
 */
export const needsRate = [
  ({ maxBufferedMs, rate }: { readonly maxBufferedMs?: number | undefined; readonly rate?: unknown }): boolean =>
    maxBufferedMs === undefined || typeof rate === 'number',
  {
    error:
      'maxBufferedMs needs a rate that is a number: otherwise all records are at hand at once, and time closes no call',
    path: ['maxBufferedMs'],
  },
] satisfies [unknown, unknown];
