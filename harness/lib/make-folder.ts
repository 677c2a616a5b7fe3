import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from './error.ts';

/**
 * Makes a folder and all above it. Node 20's own `mkdir` with `recursive` never returns if the parent exists and
 * nothing can be made in it (below `/proc`, say): it takes ENOENT for a missing parent, finds the parent, and tries
 * again forever.
 */
export const makeFolder = async (path: string): Promise<void> => {
  const folder = resolve(path);
  try {
    await mkdir(folder);
  } catch (thrown) {
    if (await isFolder(folder)) return;
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
    // Another process may make the parent at this moment. Then one more try is enough; if it fails too, nothing can
    // be made here.
    const parent = dirname(folder);
    if (!(await isFolder(parent))) await makeFolder(parent);
    await makeIn(folder);
  }
};

/** Makes a folder whose parent exists. */
const makeIn = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder);
  } catch (thrown) {
    if (!(await isFolder(folder))) throw thrown;
  }
};

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
