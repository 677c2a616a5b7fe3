import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { draftOf } from './draft-of.ts';
import { HarnessError, messageOf } from './error.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Puts a text file in the place of whatever has its name: whole or not at all, and where a link stands there the link
 * is replaced, not what it leads to.
 */
export const replaceFile = async (file: string, text: string): Promise<void> => {
  const draft = draftOf(file);
  try {
    await makeFolder(dirname(draft));
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, file);
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new HarnessError('target', `cannot write ${file}: ${messageOf(thrown)}`, { cause: thrown });
  }
};
