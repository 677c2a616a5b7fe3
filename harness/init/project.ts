import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

/** Facts about the folder that `init` writes into. */
export type Project = {
  readonly folder: string;
  /** The ending of scenario files that this Node can load without further packages. */
  readonly ending: 'ts' | 'mjs';
  readonly hasManifest: boolean;
  /** True if `import … from 'kinesis-order'` works in the folder. */
  readonly isInstalled: boolean;
  /** The top folder of the git repository, which holds workflows. Outside a repository: the folder itself. */
  readonly top: string;
  /** The path from the top to the folder, with slashes, where a monorepo's job works. Empty at the top. */
  readonly below: string;
  readonly hasGitlab: boolean;
};

export const projectAt = (folder: string): Project => {
  const top = topOf(folder);
  return {
    folder,
    ending: isTypeScript(folder) ? 'ts' : 'mjs',
    hasManifest: existsSync(join(folder, 'package.json')),
    isInstalled: canResolve(folder, 'kinesis-order'),
    top,
    below: relative(top, folder).split('\\').join('/'),
    hasGitlab: existsSync(join(top, '.gitlab-ci.yml')),
  };
};

const topOf = (folder: string): string => {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return resolve(folder);
  }
};

/** True if the project uses TypeScript and can load it. */
const isTypeScript = (folder: string): boolean =>
  (existsSync(join(folder, 'tsconfig.json')) || dependsOn(folder, 'typescript')) &&
  (canResolve(folder, 'tsx/esm/api') || Boolean((process.features as { readonly typescript?: unknown }).typescript));

const dependsOn = (folder: string, name: string): boolean => {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    return manifest.dependencies?.[name] !== undefined || manifest.devDependencies?.[name] !== undefined;
  } catch {
    return false;
  }
};
type Names = Readonly<Record<string, string>>;
type Manifest = { readonly dependencies?: Names; readonly devDependencies?: Names };

const canResolve = (folder: string, name: string): boolean => {
  try {
    createRequire(join(folder, 'package.json')).resolve(name);
    return true;
  } catch (thrown) {
    // A package that only `import` can load is installed, too.
    return (thrown as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
  }
};
