import { createInterface } from 'node:readline/promises';
import { HarnessError } from '../lib/error.ts';

/** Asks before money or streams are spent; where nobody is there to ask, only `--yes` will do. */
export const consents = async (isSaid: boolean, what: string, question: string): Promise<boolean> => {
  if (isSaid) return true;
  if (process.stdin.isTTY !== true)
    throw new HarnessError('usage', `${what}; nobody is there to ask`, { hint: 'say --yes' });
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // While readline reads, the terminal sends no signal for Ctrl-C.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const end = new AbortController();
  lines.once('close', () => end.abort());
  const answer = await lines.question(`${question} [y/N] `, { signal: end.signal }).catch(() => '');
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
};
