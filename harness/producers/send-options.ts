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
