import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../lib/make-folder.ts';
import { findPython } from './find-python.ts';
import { fingerprintOf, lockOf, type PythonTool, pinned } from './install-lock.ts';
import { runCommand } from './run-command.ts';
import { runInstaller } from './run-installer.ts';

export type InstallOptions = {
  readonly cacheFolder: string;
  readonly signal?: AbortSignal;
  /** Called before an installation, which may take a minute. */
  readonly onInstall?: (what: string) => void;
};

const installDeadlineMs = 600_000;
const marker = 'kinesis-order-lock';

export const folderOf = (tool: PythonTool, cacheFolder: string): string => join(cacheFolder, `${tool}-${pinned[tool]}`);

/** True if the tool is installed from the current lock. */
export const isInstalled = async (tool: PythonTool, cacheFolder: string): Promise<boolean> => {
  const found = await readFile(join(folderOf(tool, cacheFolder), marker), 'utf8').catch(() => undefined);
  return found === fingerprintOf(lockOf(tool));
};

/**
 * Installs a tool from PyPI into a virtual environment in the cache, once, and returns its Python. It is built in a
 * temporary folder and then renamed, so that two at once, or a killed one, leave no half installation. Run the tool as
 * `python -m`, because the scripts of an environment contain its path.
 */
export const installPython = async (tool: PythonTool, options: InstallOptions): Promise<string> => {
  const folder = folderOf(tool, options.cacheFolder);
  const python = join(folder, 'bin', 'python');
  if (await isInstalled(tool, options.cacheFolder)) return python;
  const lock = lockOf(tool);
  const base = await findPython(lock.package, lock.pythons);
  options.onInstall?.(`installing ${lock.package} into ${folder}`);
  const building = `${folder}.${randomUUID().slice(0, 8)}`;
  try {
    await build(building, base, tool, options.signal);
    await moveInto(folder, building, () => isInstalled(tool, options.cacheFolder));
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return python;
};

const build = async (folder: string, base: string, tool: PythonTool, signal?: AbortSignal): Promise<void> => {
  const lock = lockOf(tool);
  const limits = { deadlineMs: installDeadlineMs, ...(signal === undefined ? {} : { signal }) };
  await makeFolder(folder);
  await runCommand(base, ['-m', 'venv', folder], limits);
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${lock.requirements.join('\n')}\n`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements];
  await runInstaller(lock.package, join(folder, 'bin', 'python'), pip, limits);
  await writeFile(join(folder, marker), fingerprintOf(lock));
};

/** If another process was faster, its installation is used. An installation from an older lock is replaced. */
const moveInto = async (folder: string, building: string, isThere: () => Promise<boolean>): Promise<void> => {
  if (await isThere()) return;
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(building, folder);
  } catch (thrown) {
    if (!(await isThere())) throw thrown;
  }
};
