import { fileURLToPath } from 'node:url';
import type { HistoryVerdict } from '../model/verdict.ts';

/**
 * A row of the job's result. It has one of: the verdict on the file, why one process has to judge it (`whole`), or what
 * is wrong with it.
 */
export type FileResult = {
  readonly file: string;
  readonly verdict?: HistoryVerdict;
  readonly whole?: string;
  readonly error?: string;
};

/** The path of a file in the verdict. Spark names files by URL. */
export const nameOf = (file: string): string => (file.startsWith('file:') ? fileURLToPath(file) : file);
