import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { HarnessError, messageOf } from './error.ts';
import { makeFolder } from './make-folder.ts';

/** Writes a text file and makes the missing folders above it. A failure counts as the machine's (exit code 3). */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  try {
    await makeFolder(dirname(resolve(file)));
    await writeFile(file, text);
  } catch (thrown) {
    throw new HarnessError('target', `cannot write ${file}: ${messageOf(thrown)}`, { cause: thrown });
  }
};
