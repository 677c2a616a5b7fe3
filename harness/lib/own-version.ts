import { createRequire } from 'node:module';

const required = createRequire(import.meta.url);

/** The version in a package.json; `unknown` if there is none. */
const versionIn = (path: string): string => {
  try {
    return (required(path) as { readonly version: string }).version;
  } catch {
    return 'unknown';
  }
};

export const ownVersion = (): string => versionIn('../../package.json');

/** The versions of all that may change a result beside the engine. */
export const versions = (): Readonly<Record<string, string>> => ({
  'kinesis-order': ownVersion(),
  sdk: versionIn('@aws-sdk/client-kinesis/package.json'),
  node: process.versions.node,
});
