import { fileURLToPath } from 'node:url';
import type { HistoryVerdict } from '../model/verdict.ts';

/** A row of the job's result. Of a file one of: its verdict; why it is judged whole; what is wrong with it. */
export type FileResult = {
  readonly file: string;
  readonly verdict?: HistoryVerdict;
  readonly whole?: string;
  readonly error?: string;
};

/** What the verdict calls a file: Spark names files as URLs. */
export const nameOf = (file: string): string => (file.startsWith('file:') ? fileURLToPath(file) : file);
