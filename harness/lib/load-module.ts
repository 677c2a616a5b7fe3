import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HarnessError } from './error.ts';
import { assertReadable } from './read-text.ts';

type Exports = Readonly<Record<string, unknown>>;
type Tsx = { readonly tsImport: (url: string, from: string) => Promise<Exports> };

/**
 * Loads a module of the user's: JavaScript with Node itself; TypeScript with tsx if it is installed, else with Node's
 * own type stripping (22.18 and newer).
 */
export const loadModule = async (path: string, shown = path): Promise<Exports> => {
  assertReadable(path, shown);
  const url = pathToFileURL(path).href;
  if (!/^\.[cm]?tsx?$/.test(extname(path))) return (await import(url)) as Exports;
  const tsx = await tsxFrom([path, join(process.cwd(), 'package.json'), import.meta.url]);
  if (tsx !== undefined) return tsx.tsImport(url, import.meta.url);
  if (stripsTypes()) return (await import(url)) as Exports;
  throw new HarnessError('usage', `${path}: Node ${process.versions.node} does not load TypeScript by itself`, {
    hint: 'npm install --save-dev tsx, or use Node 22.18 or newer, or write it in JavaScript',
  });
};

const stripsTypes = (): boolean => Boolean((process.features as { readonly typescript?: unknown }).typescript);

const tsxFrom = async (places: readonly string[]): Promise<Tsx | undefined> => {
  for (const place of places) {
    const found = resolved(place);
    if (found !== undefined) return (await import(pathToFileURL(found).href)) as Tsx;
  }
  return undefined;
};

const resolved = (place: string): string | undefined => {
  try {
    // `require` finds the CommonJS build; the ESM build lies beside it.
    return createRequire(place)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs');
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
