import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HarnessError } from './error.ts';
import { assertReadable } from './read-text.ts';

type Exports = Readonly<Record<string, unknown>>;
type Import = (url: string, from: string) => Promise<Exports>;
type Register<T> = { readonly register: (options: { readonly namespace: string }) => T };

/** One for the process: each registration would load all that modules import, this package included, again. */
const namespace = 'kinesis-order';
let registered: Promise<Import> | undefined;

/**
 * Loads a module of the user's: JavaScript with Node itself; TypeScript with tsx if it is installed, else with Node's
 * own type stripping (22.18 and newer).
 */
export const loadModule = async (path: string, shown = path): Promise<Exports> => {
  assertReadable(path, shown);
  const url = pathToFileURL(path).href;
  if (!/^\.[cm]?tsx?$/.test(extname(path))) return (await import(url)) as Exports;
  registered ??= tsxFrom([path, join(process.cwd(), 'package.json'), import.meta.url]);
  const load = await registered;
  if (load !== undefined) return load(url, import.meta.url);
  if (stripsTypes()) return (await import(url)) as Exports;
  throw new HarnessError('usage', `${path}: Node ${process.versions.node} does not load TypeScript by itself`, {
    hint: 'npm install --save-dev tsx, or use Node 22.18 or newer, or write it in JavaScript',
  });
};

const stripsTypes = (): boolean => Boolean((process.features as { readonly typescript?: unknown }).typescript);

const tsxFrom = (places: readonly string[]): Promise<Import> | undefined => {
  for (const place of places) {
    const esm = resolved(place, 'tsx/esm/api');
    const cjs = resolved(place, 'tsx/cjs/api');
    if (esm !== undefined && cjs !== undefined) return register(esm, cjs);
  }
  return undefined;
};

const register = async (esm: string, cjs: string): Promise<Import> => {
  // For modules that are loaded with `require`.
  ((await import(cjs)) as Register<unknown>).register({ namespace });
  return ((await import(esm)) as Register<{ readonly import: Import }>).register({ namespace }).import;
};

const resolved = (place: string, api: string): string | undefined => {
  try {
    // `require` finds the CommonJS build; the ESM build lies beside it.
    const path = createRequire(place)
      .resolve(api)
      .replace(/\.cjs$/, '.mjs');
    return pathToFileURL(path).href;
  } catch {
    return undefined;
  }
};

/** The default export of a module; one loaded as CommonJS has it a level deeper. */
export const defaultOf = (module: Exports): unknown => {
  const value = module['default'];
  if (typeof value !== 'object' || value === null || !('default' in value)) return value;
  return '__esModule' in value || '__esModule' in module ? value.default : value;
};
