import { stat } from 'node:fs/promises';
import { dirname, extname, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { HarnessError, messageOf } from '../lib/error.ts';
import { defaultOf, loadModule } from '../lib/load-module.ts';
import { parseJson } from '../lib/parse-json.ts';
import { readTextSync } from '../lib/read-text.ts';
import { shellWord } from '../lib/shell-word.ts';
import { type ResolveOptions, resolveScenario } from './resolve.ts';
import type { ResolvedScenario } from './resolved.ts';

export type LoadedScenario = { readonly file: string; readonly scenario: ResolvedScenario };
export type LoadOptions = Omit<ResolveOptions, 'file'> & {
  readonly patterns: readonly string[];
  /**
   * The scenarios that are loaded without a pattern, and among which a part of a name is searched. Default: those of
   * `defaultPattern`.
   */
  readonly defaults?: readonly string[];
  readonly cwd: string;
  readonly grep?: RegExp;
};

export const defaultPattern = 'scenarios/*.scenario.{ts,mts,js,mjs,json}';
const inFolder = '**/*.scenario.{ts,mts,js,mjs,json}';

/**
 * Loads the scenarios that the patterns name: a file, a folder, a glob, or part of a name among the default ones.
 * Patterns add up; `grep` filters the selected ones. Sorted by file. Throws HarnessError('usage') for a pattern, or a
 * `grep`, that selects nothing.
 */
export const loadScenarios = async (options: LoadOptions): Promise<readonly LoadedScenario[]> => {
  const { patterns, defaults = [], cwd, grep } = options;
  const inFiles = fileReader(options);
  const all = async (): Promise<readonly LoadedScenario[]> => inFiles(await matching(defaultPattern, cwd));
  const usualWords = defaults.length === 0 ? defaultPattern : 'those of the configuration';
  const each = async (list: readonly string[], among: () => Promise<readonly LoadedScenario[]>) => {
    const chosen = new Set<LoadedScenario>();
    for (const pattern of list) {
      const found = await selectedBy(pattern, { cwd, inFiles, among, usualWords });
      for (const one of found) chosen.add(one);
    }
    return [...chosen];
  };
  const usual = (): Promise<readonly LoadedScenario[]> => (defaults.length === 0 ? all() : each(defaults, all));
  const chosen = patterns.length === 0 ? await usual() : await each(patterns, usual);
  if (chosen.length === 0) throw nothingMatches(defaultPattern, []);
  const wanted = grep === undefined ? chosen : chosen.filter(({ scenario }) => isGrepped(scenario, grep));
  if (wanted.length === 0) throw nothingMatches(`--grep ${grep?.source}`, chosen);
  assertUnique(wanted);
  return wanted.toSorted((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)));
};

const nothingMatches = (what: string, known: readonly LoadedScenario[]): HarnessError =>
  new HarnessError('usage', `no scenario matches ${what}`, {
    hint:
      known.length === 0
        ? `scenarios are files like ${defaultPattern}; npx kinesis-order init writes two`
        : `there are ${known.map(({ scenario }) => scenario.name).join(', ')}`,
  });

/**
 * The error if only other scenarios have the name. `init --examples` writes into its own folder, which no
 * configuration names.
 */
const notAmong = (usual: string, pattern: string, found: readonly LoadedScenario[]): HarnessError =>
  new HarnessError('usage', `no scenario matches ${pattern} among ${usual}`, {
    hint: `name the file: ${found.map(({ file }) => file).join(' or ')}`,
  });

type Selection = {
  readonly cwd: string;
  readonly inFiles: (files: readonly string[]) => Promise<readonly LoadedScenario[]>;
  readonly among: () => Promise<readonly LoadedScenario[]>;
  /** A name for the scenarios of `among`, for errors. */
  readonly usualWords: string;
};

/**
 * The scenarios that one pattern selects. Never empty: a pattern that selects nothing is a mistake, whatever the
 * others select.
 */
const selectedBy = async (
  pattern: string,
  { cwd, inFiles, among, usualWords }: Selection,
): Promise<readonly LoadedScenario[]> => {
  if (pattern.trim() === '') {
    throw new HarnessError('usage', `a pattern is empty: ${JSON.stringify(pattern)}`, {
      hint: 'leave it out for all scenarios',
    });
  }
  const files = await expand(pattern, cwd);
  const history = files.find((file) => /\.ndjson(\.gz)?$/.test(file));
  if (history !== undefined) throw isHistory(pattern);
  if (files.length > 0) {
    const found = await inFiles(files);
    if (found.length > 0) return found;
    throw new HarnessError('usage', `${pattern}: there is no scenario in it`);
  }
  if (/[/\\]|\.(ts|mts|js|mjs|json)$/.test(pattern)) throw await nothingAt(pattern, cwd);
  const known = await among();
  const isMeant = ({ file, scenario }: LoadedScenario): boolean => isNamed(scenario, file, pattern);
  const found = known.filter(isMeant);
  if (found.length > 0) return found;
  const elsewhere = (await readable(await matching(`scenarios/${inFolder}`, cwd), inFiles)).filter(isMeant);
  throw elsewhere.length > 0 ? notAmong(usualWords, pattern, elsewhere) : nothingMatches(pattern, known);
};

const isHistory = (pattern: string): HarnessError =>
  new HarnessError('usage', `${pattern}: this is a history, and run takes scenarios`, {
    hint: `npx kinesis-order check ${shellWord(pattern)} judges it`,
  });

/** The scenarios of files that no pattern names. A file that cannot be loaded is left out. */
const readable = async (
  files: readonly string[],
  inFiles: Selection['inFiles'],
): Promise<readonly LoadedScenario[]> => {
  const found: LoadedScenario[] = [];
  for (const file of files) found.push(...(await inFiles([file]).catch(() => [])));
  return found;
};

const nothingAt = async (pattern: string, cwd: string): Promise<HarnessError> => {
  const info = await stat(resolve(cwd, pattern)).catch(() => undefined);
  return info === undefined
    ? new HarnessError('usage', `${pattern}: there is no such file`)
    : new HarnessError('usage', `${pattern}: there is no scenario in this folder`, {
        hint: `scenarios are files like ${inFolder}`,
      });
};

const expand = async (pattern: string, cwd: string): Promise<readonly string[]> => {
  const path = resolve(cwd, pattern);
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() === true) return [path];
  if (info?.isDirectory() === true) return matching(inFolder, path);
  return /[*?{[]/.test(pattern) ? matching(pattern, cwd) : [];
};

const matching = async (pattern: string, cwd: string): Promise<readonly string[]> =>
  (await glob(pattern, { cwd, absolute: true, onlyFiles: true, expandDirectories: false })).sort();

const isNamed = ({ name, tags }: ResolvedScenario, file: string, part: string): boolean =>
  `${name} ${tags.join(' ')}`.includes(part) || file.includes(part);

const isGrepped = ({ name, tags }: ResolvedScenario, grep: RegExp): boolean =>
  // `search` instead of `test`, because with the flag g `test` continues after the last match.
  [name, ...tags].some((text) => text.search(grep) >= 0);

/** Loads files, each once, however many patterns name it. Reports the errors of all files together. */
const fileReader = (options: LoadOptions): Selection['inFiles'] => {
  const known = new Map<string, readonly LoadedScenario[]>();
  return async (files) => {
    const found: LoadedScenario[] = [];
    const wrong: HarnessError[] = [];
    for (const file of files) {
      try {
        const loaded = known.get(file) ?? (await loadFile(file, options));
        known.set(file, loaded);
        found.push(...loaded);
      } catch (thrown) {
        if (!(thrown instanceof HarnessError && thrown.code === 'usage')) throw thrown;
        wrong.push(thrown);
      }
    }
    if (wrong.length > 0) throw together(wrong);
    return found;
  };
};

/** One error for all files that cannot be loaded. */
const together = (wrong: readonly HarnessError[]): HarnessError => {
  const [first] = wrong;
  if (first !== undefined && wrong.length === 1) return first;
  const [hint] = wrong.flatMap((one) => one.hint ?? []);
  return new HarnessError('usage', wrong.map(({ message }) => message).join('\n'), hint === undefined ? {} : { hint });
};

const loadFile = async (file: string, options: LoadOptions): Promise<readonly LoadedScenario[]> => {
  const shown = relative(options.cwd, file);
  const value = extname(file) === '.json' ? loadJson(file, shown) : await loadScript(file, shown);
  const inputs = Array.isArray(value) ? (value as unknown[]) : [value];
  const folder = dirname(file);
  return inputs.map((input) => ({
    file: shown,
    scenario: resolveScenario(input, { ...options, file: shown, folder }),
  }));
};

const loadJson = (file: string, shown: string): unknown => withoutSchema(parseJson(readTextSync(file, shown), shown));

/** The value without `$schema`, which is for editors. */
const withoutSchema = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { $schema: _, ...scenario } = value as Readonly<Record<string, unknown>>;
  return scenario;
};

const loadScript = async (file: string, shown: string): Promise<unknown> => {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await loadModule(file, shown);
  } catch (thrown) {
    if (thrown instanceof HarnessError) throw thrown;
    throw new HarnessError('usage', `${shown}: ${firstLines(messageOf(thrown))}`, {
      hint: 'the file could not be loaded',
      cause: thrown,
    });
  }
  const value = defaultOf(module);
  if (value !== undefined) return value;
  throw new HarnessError('usage', `${shown}: it has no default export`, {
    hint: 'write export default defineScenario({ … })',
  });
};

const firstLines = (text: string): string => text.split('\n').slice(0, 4).join(' ').trim();

const assertUnique = (loaded: readonly LoadedScenario[]): void => {
  const files = new Map<string, string>();
  for (const { file, scenario } of loaded) {
    const before = files.get(scenario.name);
    if (before !== undefined)
      throw new HarnessError(
        'usage',
        `${file}: name: there is a scenario ${JSON.stringify(scenario.name)} in ${before} already`,
      );
    files.set(scenario.name, file);
  }
};
