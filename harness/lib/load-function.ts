import { loadModule } from './load-module.ts';

type Exports = Readonly<Record<string, unknown>>;

/**
 * The first of these names that a module exports as a function, in JavaScript or TypeScript; undefined if it exports
 * none. A CommonJS module has its exports one level deeper.
 */
export const loadFunction = async (path: string, names: readonly string[]): Promise<unknown> => {
  const module = await loadModule(path);
  const inner = module['default'];
  const levels = typeof inner === 'object' && inner !== null ? [module, inner as Exports] : [module];
  return levels.flatMap((level) => names.map((name) => level[name])).find((found) => typeof found === 'function');
};
