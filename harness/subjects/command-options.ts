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
  role: z.literal('subject'),
  /**
   * The program and its arguments, started without a shell; `{endpoint} {host} {port} {tls} {stream} {ca} {lines}`
   * are filled in.
   */
  run: z.tuple([z.string().min(1)], z.string()),
  /** So many processes at once, `name/1`, `name/2` … */
  instances: z.int().min(1).max(100).default(1),
  /** Where its JSON lines come from. POSTs to its port are heard always. A file is one of its own, by its path. */
  lines: z.union([z.enum(['stdout', 'file', 'http', 'fd3']), z.strictObject({ file: z.string() })]).default('stdout'),
  /** A regular expression: what a logger writes before each JSON line. */
  prefix: z.string().refine(isExpression, 'a regular expression').optional(),
  /** What it has to handle. Left out: what lies between its first and its last delivery in each shard. */
  owes: owes.optional(),
  /** Consumers of one group are one application. */
  group: z.string().min(1).max(60).optional(),
  /** It leaves out records by design. */
  filter: z.boolean().optional(),
  /** `kcl`: it drops an aggregate of which one record lies outside the shard's range. */
  aggregates: z.enum(['kcl', 'raw']).optional(),
  /**
   * For it to handle all that it owes once load is over, milliseconds. Twice the longest pause that it makes, at
   * least.
   */
  doneMs: z.int().min(1).max(86_400_000).default(60_000),
  /**
   * The body of the stream's end markers, where it does not take any; `false`: none are put, and its fetches tell.
   */
  sentinel: z.union([z.literal(false), z.strictObject({ payload: z.string() })]).optional(),
  /** When it counts as started. `firstCall`: its first call at the gateway, or its first line. */
  wait: waitOptions.default({ firstCall: true }),
  timeoutMs: z.int().min(1).default(120_000),
  gracefulShutdown: gracefulOptions.default({ signal: 'SIGTERM', timeoutMs: 5000 }),
  env: z.record(z.string(), z.string()).default({}),
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

/** `'TRIM_HORIZON'` is shorthand for all of it, from there. */
export const owesOf = (given: CommandOptions['owes']): Owes | undefined => {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return { from: given, shards: 'all' };
  const { from = 'TRIM_HORIZON', shards = 'all', until } = given;
  return { from, shards, ...(until === undefined ? {} : { until }) };
};
