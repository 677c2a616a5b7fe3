import { createRequire } from 'node:module';

const required = createRequire(import.meta.url);

/** The version in a package.json; `unknown` if there is none. */
export const versionIn = (path: string): string => {
  try {
    return (required(path) as { readonly version: string }).version;
  } catch {
    return 'unknown';
  }
};

export const ownVersion = (): string => versionIn('../../package.json');
