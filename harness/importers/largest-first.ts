import { stat } from 'node:fs/promises';
import type { ImportFile } from './reading.ts';

/** Files of one kind have their fields in the same places. */
export const kindOf = ({ format, isPut }: ImportFile): string => `${format} ${isPut}`;

/** The largest file of each kind before the others of it, because more rows make a better guess of the fields. */
export const largestFirst = async (files: readonly ImportFile[]): Promise<readonly ImportFile[]> => {
  const largest = new Map<string, { readonly file: ImportFile; readonly bytes: number }>();
  for (const file of files) {
    const bytes = await stat(file.path).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes > (largest.get(kindOf(file))?.bytes ?? -1)) largest.set(kindOf(file), { file, bytes });
  }
  const firsts = [...largest.values()].map(({ file }) => file);
  return [...firsts, ...files.filter((file) => !firsts.includes(file))];
};
