import { constants } from 'node:fs';
import { copyFile, link, lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { draftOf } from './draft-of.ts';
import { codeOf, HarnessError, messageOf } from './error.ts';
import { makeFolder } from './make-folder.ts';
import { replaceFile } from './replace-file.ts';

/** The most numbered files of one name. */
const countMax = 10_000;

/**
 * Writes a text file without overwriting another one, which may be written at this moment: if a file of the name
 * exists with a different text, the next number is taken. Returns the name. A link is replaced, not followed.
 */
export const writeBeside = async (nameOf: (count: number) => string, text: string): Promise<string> => {
  const first = nameOf(1);
  const draft = draftOf(first);
  try {
    await makeFolder(dirname(draft));
    await writeFile(draft, text, { flag: 'wx' });
    return await freeName(draft, nameOf, text);
  } catch (thrown) {
    if (thrown instanceof HarnessError) throw thrown;
    throw new HarnessError('target', `cannot write ${first}: ${messageOf(thrown)}`, { cause: thrown });
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
};

const freeName = async (draft: string, nameOf: (count: number) => string, text: string): Promise<string> => {
  for (let count = 1; count <= countMax; count += 1) {
    const file = nameOf(count);
    if ((await isPlaced(draft, file)) || (await isSame(file, text))) return file;
  }
  throw new Error(`${countMax} files of this name are there already: give another folder`);
};

/** Atomic, even if two processes do it at once. */
const isPlaced = async (draft: string, file: string): Promise<boolean> => {
  try {
    // Some file systems have no hard links.
    await link(draft, file).catch((thrown: unknown) => {
      if (codeOf(thrown) === 'EEXIST') throw thrown;
      return copyFile(draft, file, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
};

const isSame = async (file: string, text: string): Promise<boolean> => {
  const found = await lstat(file);
  if (!found.isSymbolicLink()) return (await readFile(file, 'utf8')) === text;
  await replaceFile(file, text);
  return true;
};
