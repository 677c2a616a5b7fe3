import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

/**
 * A lock file of a tool from PyPI: every requirement is pinned to the release of the day that `madeBy` names.
 * LocalStack 4.14.0 runs only with the dependencies of its release day. The format is JSON so that the build ships
 * it; the files are named `<tool>-<version>.json`.
 */
export type PythonLock = {
  readonly package: string;
  /** The versions of Python that it was resolved for, the preferred one first. */
  readonly pythons: readonly string[];
  readonly madeBy: string;
  readonly requirements: readonly string[];
};

export const pinned = {
  localstack: '4.14.0',
  moto: '5.2.5',
  ministack: '1.5.33',
  'cfn-lint': '1.58.0',
} as const satisfies Record<string, string>;
export type PythonTool = keyof typeof pinned;

export const lockOf = (tool: PythonTool): PythonLock =>
  createRequire(import.meta.url)(`./locks/${tool}-${pinned[tool]}.json`) as PythonLock;

/** Written into a finished installation: a different lock needs a new installation. */
export const fingerprintOf = (lock: PythonLock): string =>
  createHash('sha256').update(JSON.stringify(lock.requirements)).digest('hex');
