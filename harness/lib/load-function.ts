import { pathToFileURL } from 'node:url';

type Exports = Readonly<Record<string, unknown>>;

/**
 * The function of the first of these names that a module exports, in JavaScript or TypeScript; undefined where it
 * exports none. A CommonJS module has its exports one level deeper.
 */
export const loadFunction = async (path: string, names: readonly string[]): Promise<unknown> => {
  const { tsImport } = await import('tsx/esm/api');
  const module = (await tsImport(pathToFileURL(path).href, import.meta.url)) as Exports;
  const inner = module['default'];
  const levels = typeof inner === 'object' && inner !== null ? [module, inner as Exports] : [module];
  return levels.flatMap((level) => names.map((name) => level[name])).find((found) => typeof found === 'function');
};
