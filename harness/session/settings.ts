import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HarnessError, messageOf } from '../lib/error.ts';
import { defaultOf, loadModule } from '../lib/load-module.ts';
import { parseJson } from '../lib/parse-json.ts';
import { readTextSync } from '../lib/read-text.ts';
import { anomalyIds } from '../model/anomaly.ts';
import { questions } from '../model/expectations.ts';
import { explainIssue } from '../scenario/explain-issue.ts';
import { unknownField } from '../scenario/unknown-field.ts';
import { targets } from '../targets/registry.ts';

const anomalies = z.array(z.enum(anomalyIds)).optional();

/** Fields of `kinesis-order.config.ts`. Flags override them. */
export const configSchema = z.strictObject({
  /** Files, folders or globs of scenarios. Default `scenarios/*.scenario.*`. */
  scenarios: z.array(z.string()).min(1).optional(),
  /** The engine. Default `kinesis-local`. */
  target: z.enum(Object.keys(targets) as [string, ...string[]]).optional(),
  /** URL of an engine that is already running. */
  endpoint: z.string().optional(),
  /** Another version of the engine than the bundled one. */
  engineVersion: z.string().optional(),
  /** AWS region. */
  region: z.string().optional(),
  /** AWS only: the profile with credentials and region. */
  profile: z.string().optional(),
  /** Reporters, as `name` or `name=file`. */
  reporter: z.array(z.string()).optional(),
  /** Folder for histories and reports. Default `reports`. */
  out: z.string().optional(),
  /** Seed of all runs. Default: a new one for each run. */
  seed: z.string().optional(),
  /** Runs everything this many times, each time with another seed. */
  repeat: z.int().min(1).max(10_000).optional(),
  /** Number of scenarios at once. */
  workers: z.int().min(1).max(64).optional(),
  /** Stops after this number of scenarios that do not hold. */
  maxFailures: z.int().min(1).optional(),
  /** Keeps the streams. */
  keep: z.boolean().optional(),
  /** Number of runs that are kept in `out`. Default 20. */
  keepReports: z.int().min(1).max(999_999).optional(),
  /** Also forbids the known deviations of the target. */
  strict: z.boolean().optional(),
  /** `service`: what AWS documents. `pipeline`: the order of each key. */
  question: z.enum(questions).optional(),
  /** Overrides the default expectations of claims. */
  expect: z.strictObject({ forbid: anomalies, allow: anomalies, find: anomalies, ignore: anomalies }).optional(),
});
export type Config = z.infer<typeof configSchema>;

const names = ['ts', 'mts', 'js', 'mjs', 'json'].map((ending) => `kinesis-order.config.${ending}`);

/**
 * Loads the configuration of the folder, or the file that --config names. Empty if there is none. Throws
 * HarnessError('usage') naming file and field.
 */
export const loadConfig = async (cwd: string, given: string | undefined): Promise<Config> => {
  const path = given ?? (await firstThere(cwd));
  if (path === undefined) return {};
  let value: unknown;
  try {
    value = defaultOf(await loadConfigFile(resolve(cwd, path), path));
  } catch (thrown) {
    if (thrown instanceof HarnessError) throw thrown;
    throw new HarnessError('usage', `${path}: ${messageOf(thrown).split('\n')[0]}`, { cause: thrown });
  }
  const parsed = configSchema.safeParse(value, { error: unknownField });
  if (parsed.success) return parsed.data;
  throw new HarnessError(
    'usage',
    `${path}: ${parsed.error.issues.map((issue) => explainIssue(issue, value)).join('; ')}`,
  );
};

/** Loads a file of any supported kind. JSON is parsed here, because Node imports it only with an attribute. */
const loadConfigFile = async (path: string, shown: string): Promise<Readonly<Record<string, unknown>>> =>
  path.endsWith('.json') ? { default: parseJson(readTextSync(path, shown), shown) } : loadModule(path, shown);

const firstThere = async (cwd: string): Promise<string | undefined> => {
  for (const name of names) if (await stat(join(cwd, name)).catch(() => undefined)) return name;
  return undefined;
};

/** The folder where engines are installed on demand: in the user's cache, never in the project. */
export const cacheFolder = (): string =>
  process.env['KINESIS_ORDER_CACHE'] ?? join(userCache(), 'kinesis-order', 'engines');

const userCache = (): string => {
  if (process.env['XDG_CACHE_HOME']) return process.env['XDG_CACHE_HOME'];
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
};

/** Types and completion for a configuration file. */
export type ConfigInput = z.input<typeof configSchema>;
