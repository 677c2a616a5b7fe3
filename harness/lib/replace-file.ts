import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { draftOf } from './draft-of.ts';
import { HarnessError, messageOf } from './error.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Replaces a text file atomically: readers see the old file or the new one. A link is replaced; the file that it
 * leads to is not changed.
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
