import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRunName } from '../lib/run-name.ts';

export const keepReportsDefault = 20;

/**
 * Removes the oldest run folders beside this one until no more than `keep` are left, this one included. Nothing else
 * in the folder is touched. Returns the number of removed folders.
 */
export const removeOldReports = async (folder: string, keep: number): Promise<number> => {
  const place = dirname(folder);
  const names = (await readdir(place).catch(() => [])).filter((name) => isRunName(name) && name !== basename(folder));
  const runs = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(place, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const old = runs.toSorted((a, b) => b.at - a.at).slice(Math.max(0, keep - 1));
  for (const { name } of old) await rm(join(place, name), { recursive: true, force: true });
  return old.length;
};
