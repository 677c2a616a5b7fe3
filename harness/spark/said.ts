import type { HistoryVerdict } from '../model/verdict.ts';

/** A row of the job's result. Of a file one of: its verdict; why it is judged whole; what is wrong with it. */
export type Said = {
  readonly file: string;
  readonly verdict?: HistoryVerdict;
  readonly whole?: string;
  readonly error?: string;
};
