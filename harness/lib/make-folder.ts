import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * A folder and all above it. Node 20's own `mkdir` with `recursive` never ends where the parent is there and yet nothing can be made in it (below `/proc`, say):
 * it takes ENOENT for a missing parent, finds the parent, and tries again for ever.
 */
export const makeFolder = async (path: string): Promise<void> => {
  const folder = resolve(path);
  try {
    await mkdir(folder);
  } catch (thrown) {
    if (await isFolder(folder)) return;
    const parent = dirname(folder);
    if (codeOf(thrown) !== 'ENOENT' || (await isFolder(parent))) throw thrown;
    await makeFolder(parent);
    await makeFolder(folder);
  }
};

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const codeOf = (thrown: unknown): unknown =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
