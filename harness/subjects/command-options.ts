import { z } from 'zod';
import { gracefulOptions, waitOptions } from '../commands/wait-options.ts';
import type { Owes } from '../model/event.ts';

const end = z.union([z.enum(['TRIM_HORIZON', 'LATEST']), z.strictObject({ at: z.number() })]);

const owes = z.union([
  z.enum(['TRIM_HORIZON', 'LATEST']),
  z.strictObject({
    from: end.optional(),
    shards: z.union([z.literal('all'), z.array(z.string())]).optional(),
    until: z.enum(['done', 'acked']).optional(),
  }),
]);

export const commandOptions = z.strictObject({
  /** Distinguishes a consumer under test from a producer. */
  role: z.literal('subject'),
  /**
   * The program and its arguments, started without a shell; `{endpoint} {host} {port} {tls} {stream} {ca} {lines}`
   * are filled in.
   */
  run: z.tuple([z.string().min(1)], z.string()),
  /** Number of processes: `name/1`, `name/2` … Default 1. */
  instances: z.int().min(1).max(100).default(1),
  /**
   * Where the program writes its JSON lines. `file`: a file whose path this tool chooses. `{ file }`: a file of the
   * program's own, by its path. Lines that are POSTed to its port count in any case. Default `stdout`.
   */
  lines: z.union([z.enum(['stdout', 'file', 'http', 'fd3']), z.strictObject({ file: z.string() })]).default('stdout'),
  /** A regular expression: the prefix that a logger writes before each JSON line. */
  prefix: z.string().refine(isExpression, 'a regular expression').optional(),
  /** Which records it must handle. Default: those between its first and its last delivery in each shard. */
  owes: owes.optional(),
  /** Consumers of the same group are one application. */
  group: z.string().min(1).max(60).optional(),
  /** True if it skips records by design. */
  filter: z.boolean().optional(),
  /** `kcl`: like KCL, it drops an aggregate if one of its records lies outside the shard's hash range. */
  aggregates: z.enum(['kcl', 'raw']).optional(),
  /**
   * How long it may take after the load to handle all that it owes, in milliseconds. Give it at least twice its
   * longest pause. Default 60000.
   */
  doneMs: z.int().min(1).max(86_400_000).default(60_000),
  /**
   * The payload of the sentinels, for a consumer that rejects the usual one. `false`: no sentinels are put, and its
   * fetches show when it has read everything.
   */
  sentinel: z.union([z.literal(false), z.strictObject({ payload: z.string() })]).optional(),
  /** When it counts as started. `firstCall` (default): with its first read at the gateway, or its first JSON line. */
  wait: waitOptions.default({ firstCall: true }),
  /** How long `wait` may take, in milliseconds. Default 120000. */
  timeoutMs: z.int().min(1).default(120_000),
  /** The signal that asks it to end, and the time until SIGKILL. Default SIGTERM, 5000 ms. */
  gracefulShutdown: gracefulOptions.default({ signal: 'SIGTERM', timeoutMs: 5000 }),
  /** Environment variables, beside those that lead to the gateway. */
  env: z.record(z.string(), z.string()).default({}),
  /** Working directory. Default: that of this process. */
  cwd: z.string().optional(),
});

export type CommandOptions = z.infer<typeof commandOptions>;

function isExpression(text: string): boolean {
  try {
    RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The option `owes` in its full form. `'TRIM_HORIZON'` is short for all shards from TRIM_HORIZON, `'LATEST'` likewise.
 */
export const owesOf = (given: CommandOptions['owes']): Owes | undefined => {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return { from: given, shards: 'all' };
  const { from = 'TRIM_HORIZON', shards = 'all', until } = given;
  return { from, shards, ...(until === undefined ? {} : { until }) };
};
