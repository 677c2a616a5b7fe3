import { lstat, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { replaceFile } from '../lib/replace-file.ts';
import { isRunName } from '../lib/run-name.ts';

const bytesMax = 100;

/**
 * Lets `reports/latest` point to the newest run: a link that is replaced atomically. If links are not possible, it is
 * a text file with the name of the folder. Returns undefined, or a sentence if the user's own file or folder is in the
 * way.
 */
export const linkLatest = async (folder: string, link: typeof symlink = symlink): Promise<string | undefined> => {
  const place = join(dirname(folder), 'latest');
  const inTheWay = await notOurs(place);
  if (inTheWay !== undefined)
    return `${place} is ${inTheWay} of yours, and stays as it is: the newest run is ${folder}`;
  const draft = join(dirname(folder), `.latest.${process.pid}`);
  try {
    await rm(draft, { force: true });
    await link(basename(folder), draft);
    await rename(draft, place);
  } catch {
    await rm(draft, { force: true });
    await replaceFile(place, `${basename(folder)}\n`);
  }
  return undefined;
};

const notOurs = async (place: string): Promise<string | undefined> => {
  const found = await lstat(place).catch(() => undefined);
  if (found === undefined || found.isSymbolicLink()) return undefined;
  if (found.isDirectory()) return 'a folder';
  return (await runIn(place)) === undefined ? 'a file' : undefined;
};

/** Resolves a path: if it is `latest` as a text file, returns the folder that the file names, else the path. */
export const throughLatest = async (path: string): Promise<string> => {
  if (basename(path) !== 'latest') return path;
  const run = await runIn(path);
  return run === undefined ? path : join(dirname(path), run);
};

const runIn = async (path: string): Promise<string | undefined> => {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true || found.size > bytesMax) return undefined;
  const text = (await readFile(path, 'utf8')).trim();
  return isRunName(text) ? text : undefined;
};
