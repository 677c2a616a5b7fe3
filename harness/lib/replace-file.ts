import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { HarnessError, messageOf } from './error.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Puts a text file in the place of whatever has its name: whole or not at all, and where a link stands there the link
 * is replaced, not what it leads to.
 */
export const replaceFile = async (file: string, text: string): Promise<void> => {
  const folder = dirname(resolve(file));
  const draft = join(folder, `.${basename(file)}.${process.pid}`);
  try {
    await makeFolder(folder);
    await rm(draft, { force: true });
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, file);
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new HarnessError('target', `cannot write ${file}: ${messageOf(thrown)}`, { cause: thrown });
  }
};
