import { realpath, stat } from 'node:fs/promises';
import { HarnessError } from '../lib/error.ts';
import { filesBelow } from '../lib/files-below.ts';
import { throughLatest } from '../session/latest.ts';
import { witnessEnding } from '../session/write-witnesses.ts';

export type Listed = { readonly path: string; readonly unjudged?: HarnessError };

/**
 * The histories that paths name: files, folders (every history in them) and `-`. Lists each file once, even if several
 * paths lead to it. `unjudged`: why a path has no history.
 */
export const historiesOf = async (paths: readonly string[]): Promise<readonly Listed[]> => {
  const known = new Set<string>();
  const files: Listed[] = [];
  for (const path of paths) {
    for (const one of await listed(path)) {
      const real = await realpath(one.path).catch(() => one.path);
      if (!known.has(real)) files.push(one);
      known.add(real);
    }
  }
  return files;
};

const listed = async (given: string): Promise<readonly Listed[]> => {
  if (given === '-') return [{ path: given }];
  const path = await throughLatest(given);
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory() !== true) return [{ path }];
  const inside = historiesAmong(await filesBelow(path));
  if (inside.length > 0) return inside.map((file) => ({ path: file }));
  const none = `${path}: there is no history (.ndjson, .ndjson.gz) in this folder`;
  return [{ path, unjudged: new HarnessError('usage', none) }];
};

/**
 * The histories among the files of a folder. Witnesses are left out if they lie beside other histories, because they
 * add nothing there; in their own folder they are judged.
 */
const historiesAmong = (names: readonly string[]): readonly string[] => {
  const all = names.filter((name) => /\.ndjson(\.gz)?$/.test(name));
  const whole = all.filter((name) => !name.endsWith(witnessEnding));
  return whole.length > 0 ? whole : all;
};
