import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from './error.ts';

const entriesMax = 200_000;

/**
 * The files below a folder, each once, however many links lead to it: under its own path, or if only links lead to
 * it, under the first of them.
 */
export const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const seen = new Set<string>();
  const found: string[] = [];
  const links: string[] = [];
  const take = async (path: string): Promise<void> => {
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || seen.has(real)) return;
    seen.add(real);
    if (seen.size > entriesMax) throw tooMany(folder);
    const info = await stat(real);
    if (info.isFile()) found.push(path);
    if (!info.isDirectory()) return;
    for (const entry of await entriesOf(path)) {
      const inner = join(path, entry.name);
      if (entry.isSymbolicLink()) links.push(inner);
      else await take(inner);
    }
  };
  await take(folder);
  // Files with a path of their own come first. A link may lead to further links.
  for (const link of links) await take(link);
  return found.sort();
};

const entriesOf = async (folder: string): Promise<readonly Dirent[]> =>
  (await readdir(folder, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1));

const tooMany = (folder: string): HarnessError =>
  new HarnessError('usage', `${folder}: there are more than ${entriesMax} files and folders in it`, {
    hint: 'name a folder with fewer files',
  });
