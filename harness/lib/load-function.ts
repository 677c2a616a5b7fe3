import { resolve } from 'node:path';
import { HarnessError, messageOf } from './error.ts';
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

/**
 * The function that `./mine.ts#name` names, relative to this folder; without a name the default export. `where` begins
 * the message of a usage error: the module cannot be loaded, or exports no such function.
 */
export const namedFunction = async (module: string, where: string): Promise<unknown> => {
  const [path = '', name = 'default'] = module.split('#');
  const found = await loadFunction(resolve(path), [name]).catch((thrown: unknown) => {
    throw new HarnessError('usage', `${where}: ${messageOf(thrown).split('\n')[0]}`, { cause: thrown });
  });
  if (found === undefined) throw new HarnessError('usage', `${where}: ${path} exports no function ${name}`);
  return found;
};
