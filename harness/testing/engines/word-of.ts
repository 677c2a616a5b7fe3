import type { Outcome } from '../../session/run-and-judge.ts';

/** One word for a cell: the verdict, or why there is none. */
export const wordOf = ({ history, run }: Outcome): string => {
  if (run.skipped !== undefined) return 'not able';
  if (run.error !== undefined) return 'failed';
  return history?.verdict ?? 'failed';
};
