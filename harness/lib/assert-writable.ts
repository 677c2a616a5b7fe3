import { access, constants } from 'node:fs/promises';
import { HarnessError, messageOf } from './error.ts';
import { makeFolder } from './make-folder.ts';

/** Called before an engine is started: without a writable folder the run would be useless. */
export const assertWritable = async (folder: string): Promise<void> => {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch (thrown) {
    throw new HarnessError('target', `cannot write into the folder ${folder}: ${messageOf(thrown)}`, {
      hint: 'name another folder with --out',
      cause: thrown,
    });
  }
};
