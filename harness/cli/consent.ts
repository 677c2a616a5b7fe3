import { createInterface } from 'node:readline/promises';
import { HarnessError } from '../lib/error.ts';

/** Asks before money or streams are spent; where nobody is there to ask, only `--yes` will do. */
export const consents = async (isSaid: boolean, what: string, question: string): Promise<boolean> => {
  if (isSaid) return true;
  if (process.stdin.isTTY !== true)
    throw new HarnessError('usage', `${what}; nobody is there to ask`, { hint: 'say --yes' });
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`${question} [y/N] `);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
};
