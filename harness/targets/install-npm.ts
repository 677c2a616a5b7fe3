import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { valid } from 'semver';
import { HarnessError } from '../lib/error.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { InstallOptions } from './install.ts';
import { runCommand } from './run-command.ts';

const installDeadlineMs = 300_000;

/**
 * Another version of an npm engine, into the cache, once: built beside its place and moved there whole. Answers the
 * folder of the package.
 */
export const installNpm = async (name: string, version: string, options: InstallOptions): Promise<string> => {
  if (valid(version) !== version)
    throw new HarnessError('usage', `--engine-version: ${JSON.stringify(version)} is no version of ${name}`, {
      hint: 'write all three numbers, like 0.5.2',
    });
  const folder = join(options.cacheFolder, `${name}-${version}`);
  const place = join(folder, 'node_modules', name);
  if (await isThere(place)) return place;
  options.onInstall?.(`installing ${name}@${version} into ${folder}`);
  const building = `${folder}.${randomUUID().slice(0, 8)}`;
  try {
    await makeFolder(building);
    await writeFile(join(building, 'package.json'), '{"private":true}');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', `${name}@${version}`];
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    await runCommand('npm', args, { cwd: building, deadlineMs: installDeadlineMs, ...signal });
    await rename(building, folder).catch(async (thrown: unknown) => {
      if (!(await isThere(place))) throw thrown;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return place;
};

const isThere = async (place: string): Promise<boolean> =>
  (await stat(join(place, 'package.json')).catch(() => undefined)) !== undefined;
