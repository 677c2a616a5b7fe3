import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { HarnessError, messageOf } from '../lib/error.ts';
import { type ResolveOptions, resolveScenario } from './resolve.ts';
import type { ResolvedScenario } from './resolved.ts';

export type LoadedScenario = { readonly file: string; readonly scenario: ResolvedScenario };
export type LoadOptions = Omit<ResolveOptions, 'file'> & {
  readonly patterns: readonly string[];
  readonly cwd: string;
  readonly grep?: RegExp;
};

export const defaultPattern = 'scenarios/*.scenario.{ts,mts,js,mjs,json}';

/** Every scenario of the files that the patterns name: a file, a folder, a glob, or part of a name among the default files. */
export const loadScenarios = async (options: LoadOptions): Promise<readonly LoadedScenario[]> => {
  const { files, names } = await filesOf(options);
  const loaded: LoadedScenario[] = [];
  for (const file of files) loaded.push(...(await loadFile(file, options)));
  assertUnique(loaded);
  const wanted = loaded.filter(({ file, scenario }) => isWanted(scenario, file, names, options));
  if (wanted.length > 0) return wanted;
  throw new HarnessError('usage', `no scenario matches ${nothingMatches(options)}`, {
    hint:
      loaded.length === 0
        ? `scenarios are files like ${defaultPattern}`
        : `there are ${loaded.map(({ scenario }) => scenario.name).join(', ')}`,
  });
};

const nothingMatches = ({ patterns, grep }: LoadOptions): string =>
  [
    ...(patterns.length === 0 ? [defaultPattern] : patterns),
    ...(grep === undefined ? [] : [`--grep ${grep.source}`]),
  ].join(' ');

type Named = { readonly files: readonly string[]; readonly names: readonly string[] };

const filesOf = async ({ patterns, cwd }: LoadOptions): Promise<Named> => {
  const files = new Set<string>();
  const names: string[] = [];
  for (const pattern of patterns) {
    const found = await expand(pattern, cwd);
    for (const file of found) files.add(file);
    if (found.length > 0) continue;
    if (/[/\\]|\.(ts|mts|js|mjs|json)$/.test(pattern))
      throw new HarnessError('usage', `${pattern}: there is no such file`);
    names.push(pattern);
  }
  if (patterns.length === 0 || names.length > 0)
    for (const file of await matching(defaultPattern, cwd)) files.add(file);
  return { files: [...files].sort(), names };
};

const expand = async (pattern: string, cwd: string): Promise<readonly string[]> => {
  const info = await stat(resolve(cwd, pattern)).catch(() => undefined);
  if (info?.isFile() === true) return [resolve(cwd, pattern)];
  if (info?.isDirectory() === true) return matching(`${pattern}/**/*.scenario.{ts,mts,js,mjs,json}`, cwd);
  return /[*?{[]/.test(pattern) ? matching(pattern, cwd) : [];
};

const matching = (pattern: string, cwd: string): Promise<readonly string[]> =>
  glob(pattern, { cwd, absolute: true, onlyFiles: true, expandDirectories: false });

const isWanted = (
  scenario: ResolvedScenario,
  file: string,
  names: readonly string[],
  { grep, cwd }: LoadOptions,
): boolean => {
  const text = `${scenario.name} ${scenario.tags.join(' ')}`;
  if (grep !== undefined && !grep.test(scenario.name) && !scenario.tags.some((tag) => grep.test(tag))) return false;
  return names.length === 0 || names.some((name) => text.includes(name) || relative(cwd, file).includes(name));
};

const loadFile = async (file: string, options: LoadOptions): Promise<readonly LoadedScenario[]> => {
  const shown = relative(options.cwd, file);
  const value = extname(file) === '.json' ? await loadJson(file, shown) : await loadModule(file, shown);
  const inputs = Array.isArray(value) ? (value as unknown[]) : [value];
  const folder = dirname(file);
  return inputs.map((input) => ({
    file: shown,
    scenario: resolveScenario(input, { ...options, file: shown, folder }),
  }));
};

const loadJson = async (file: string, shown: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (thrown) {
    throw new HarnessError('usage', `${shown}: ${messageOf(thrown)}`, { cause: thrown });
  }
};

/** TypeScript is loaded through tsx, which is ours: the user's project needs none. */
const loadModule = async (file: string, shown: string): Promise<unknown> => {
  const { tsImport } = await import('tsx/esm/api');
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await tsImport(pathToFileURL(file).href, import.meta.url)) as Readonly<Record<string, unknown>>;
  } catch (thrown) {
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

/** A file that is loaded as CommonJS has its default export one level down. */
const defaultOf = (module: Readonly<Record<string, unknown>>): unknown => {
  const value = module['default'];
  const isWrapped = typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value;
  return isWrapped ? value.default : value;
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
