import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from './error.ts';

/**
 * A folder and all above it. Node 20's own `mkdir` with `recursive` never ends where the parent is there and yet
 * nothing can be made in it (below `/proc`, say): it takes ENOENT for a missing parent, finds the parent, and tries
 * again for ever.
 */
export const makeFolder = async (path: string): Promise<void> => {
  const folder = resolve(path);
  try {
    await mkdir(folder);
  } catch (thrown) {
    if (await isFolder(folder)) return;
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
    // Somebody else may make the parent at this moment: then once more is enough, and where it is not, nothing can be
    // made here.
    const parent = dirname(folder);
    if (!(await isFolder(parent))) await makeFolder(parent);
    await makeIn(folder);
  }
};

/** The parent folder exists. */
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
