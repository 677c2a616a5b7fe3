import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../lib/error.ts';
import { runCommand } from './run-command.ts';

export type PythonPlaces = { readonly path: string; readonly pyenv: string };

const here = (): PythonPlaces => ({
  path: process.env['PATH'] ?? '',
  pyenv: join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions'),
});

/**
 * Finds a Python of one of these versions: on PATH, then under pyenv. Each candidate is run to get its version,
 * because pyenv's shims are on PATH even for versions that are not active. If there is none, rejects with
 * HarnessError('target') that says what to install.
 */
export const findPython = async (tool: string, versions: readonly string[], places = here()): Promise<string> => {
  for (const version of versions) {
    for (const candidate of [`python${version}`, 'python3', ...(await underPyenv(version, places.pyenv))])
      if ((await versionOf(candidate, places.path)) === version) return candidate;
  }
  const wanted = versions.join(' or ');
  throw new HarnessError(
    'target',
    `${tool} needs Python ${wanted}, and there is none on PATH or under ${places.pyenv}`,
    {
      hint: `install it (pyenv install ${versions[0]}, or your system's package python${versions[0]} with its venv module)`,
    },
  );
};

const underPyenv = async (version: string, folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter((name) => name.startsWith(`${version}.`))
    .sort()
    .reverse()
    .map((name) => join(folder, name, 'bin', 'python'));
};

const askVersion = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';

const versionOf = async (command: string, path: string): Promise<string | undefined> => {
  try {
    return (await runCommand(command, ['-c', askVersion], { deadlineMs: 10_000, env: { PATH: path } })).trim();
  } catch {
    return undefined;
  }
};
