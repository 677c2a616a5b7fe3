import { HarnessError } from '../lib/error.ts';

/** A history that cannot be judged: names the line, the field and what stood there. Exit code 2. */
export const historyError = (line: number, what: string): HarnessError =>
  new HarnessError('usage', `line ${line}: ${what}`, {
    hint: 'this file is not a history of format 1, or it was edited; docs/history-format.md says what a line may hold',
  });
