import { z } from 'zod';
import { gracefulOptions, waitOptions } from '../commands/wait-options.ts';
import { identitySpec } from '../tap/identity/spec.ts';
import { arrivals } from './send-options.ts';

export const commandOptions = z
  .strictObject({
    /**
     * The program and its arguments, started without a shell; `{endpoint} {host} {port} {tls} {stream} {ca}` are
     * filled in.
     */
    run: z.tuple([z.string().min(1)], z.string()),
    /** The identity of records: where their payload has a counter. Default: it has none. */
    identity: identitySpec.optional(),
    /** `own` (default): the program makes its records. `stdin`: it reads the workload's records as JSON lines. */
    records: z.enum(['own', 'stdin']).default('own'),
    /** For `stdin`: records per second. */
    rate: z.number().min(0.001).max(1_000_000).optional(),
    /** For `rate`: equal gaps, or gaps of a Poisson process drawn by the seed. Default `constant`. */
    arrivals,
    /**
     * For `stdin`: the most records that were handed over and are not yet answered by `done` or `failed`. Default: no
     * limit.
     */
    inFlight: z.int().min(1).max(1_000_000).optional(),
    /** `own` (default): each producer has its own keys. `shared`: all producers write the same keys. */
    keys: z.enum(['shared', 'own']).default('own'),
    /** When the program counts as started. Default: at its first Kinesis call. */
    wait: waitOptions.default({ firstCall: true }),
    /** How long `wait` may take, in milliseconds. Default 120000. */
    timeoutMs: z.int().min(1).default(120_000),
    /** The signal that asks it to end, and the time until SIGKILL. Default SIGTERM, 5000 ms. */
    gracefulShutdown: gracefulOptions.default({ signal: 'SIGTERM', timeoutMs: 5000 }),
    /** Environment variables, beside those that lead to the gateway. */
    env: z.record(z.string(), z.string()).default({}),
    /** Working directory. Default: that of this process. */
    cwd: z.string().optional(),
    /** Ends the program after this many milliseconds, if it never ends by itself. */
    forMs: z.int().min(1).optional(),
  })
  .refine(({ records, identity }) => records === 'own' || identity === undefined, {
    error: 'records that are handed over carry their identity already',
    path: ['identity'],
  });

export type CommandOptions = z.infer<typeof commandOptions>;
