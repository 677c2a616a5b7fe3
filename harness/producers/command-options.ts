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
    /** How its records tell who they are. Left out: they have no counter. */
    identity: identitySpec.optional(),
    /** `own`: it makes its records itself. `stdin`: it is handed the workload's, as JSON lines. */
    records: z.enum(['own', 'stdin']).default('own'),
    /** `stdin`: records a second. */
    rate: z.number().min(0.001).max(1_000_000).optional(),
    arrivals,
    /** `stdin`: so many records without `done` or `failed`, at most. Left out: as fast as it reads. */
    inFlight: z.int().min(1).max(1_000_000).optional(),
    keys: z.enum(['shared', 'own']).default('own'),
    /** When it counts as started. */
    wait: waitOptions.default({ firstCall: true }),
    /** For `wait`, milliseconds. */
    timeoutMs: z.int().min(1).default(120_000),
    gracefulShutdown: gracefulOptions.default({ signal: 'SIGTERM', timeoutMs: 5000 }),
    env: z.record(z.string(), z.string()).default({}),
    cwd: z.string().optional(),
    /** Ends a program that never ends, after so many milliseconds. */
    forMs: z.int().min(1).optional(),
  })
  .refine(({ records, identity }) => records === 'own' || identity === undefined, {
    error: 'records that are handed over carry their identity already',
    path: ['identity'],
  });

export type CommandOptions = z.infer<typeof commandOptions>;
