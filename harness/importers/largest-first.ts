import { stat } from 'node:fs/promises';
import { pushTo } from '../lib/push-to.ts';
import type { ImportFile } from './reading.ts';

/** Files of one kind have their fields in the same places. */
export const kindOf = ({ format, isPut }: ImportFile): string => `${format} ${isPut}`;

/** The largest file of each kind before the others of it, because more rows make a better guess of the fields. */
export const largestFirst = async (files: readonly ImportFile[]): Promise<readonly ImportFile[]> => {
  const kinds = new Map<string, ImportFile[]>();
  for (const file of files) pushTo(kinds, kindOf(file), file);
  const firsts = new Set<ImportFile>();
  for (const own of kinds.values()) firsts.add(await largestOf(own, ({ path }) => path));
  return [...firsts, ...files.filter((file) => !firsts.has(file))];
};

/** The first of the largest files. `files`: not empty. */
export const largestOf = async <File>(files: readonly File[], pathOf: (file: File) => string): Promise<File> => {
  let [largest, most] = [files[0] as File, -1];
  for (const file of files) {
    const bytes = await bytesIn(pathOf(file));
    if (bytes > most) [largest, most] = [file, bytes];
  }
  return largest;
};

/** 0 for a file that cannot be read: it is refused when it is opened. */
const bytesIn = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
