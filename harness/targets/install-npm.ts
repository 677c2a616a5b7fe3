import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { valid } from 'semver';
import { HarnessError } from '../lib/error.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { InstallOptions } from './install.ts';
import { runInstaller } from './run-installer.ts';

const installDeadlineMs = 300_000;

/**
 * Installs another version of an npm engine into the cache, once. It is built in a temporary folder and then renamed,
 * so it is complete or absent. Returns the folder of the package.
 */
export const installNpm = async (name: string, version: string, options: InstallOptions): Promise<string> => {
  if (valid(version) !== version)
    throw new HarnessError('usage', `--engine-version: ${JSON.stringify(version)} is not a version of ${name}`, {
      hint: 'write all three numbers, like 0.5.2',
    });
  const known = await npmPlaceOf(name, version, options.cacheFolder);
  if (known !== undefined) return known;
  const folder = folderOf(name, version, options.cacheFolder);
  const place = placeIn(folder, name);
  options.onInstall?.(`installing ${name}@${version} into ${folder}`);
  const building = `${folder}.${randomUUID().slice(0, 8)}`;
  try {
    await makeFolder(building);
    await writeFile(join(building, 'package.json'), '{"private":true}');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1', '--save-exact'];
    const args = ['install', ...flags, `${name}@${version}`];
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    await runInstaller(`${name} ${version}`, 'npm', args, {
      cwd: building,
      deadlineMs: installDeadlineMs,
      ...signal,
    });
    await rename(building, folder).catch(async (thrown: unknown) => {
      if (!(await isThere(place))) throw thrown;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return place;
};

const folderOf = (name: string, version: string, cacheFolder: string): string =>
  join(cacheFolder, `${name}-${version}`);
const placeIn = (folder: string, name: string): string => join(folder, 'node_modules', name);

/** The folder of the package, if it is installed already. */
export const npmPlaceOf = async (name: string, version: string, cacheFolder: string): Promise<string | undefined> => {
  const place = placeIn(folderOf(name, version, cacheFolder), name);
  return (await isThere(place)) ? place : undefined;
};

const isThere = async (place: string): Promise<boolean> =>
  (await stat(join(place, 'package.json')).catch(() => undefined)) !== undefined;
