import { createInterface } from 'node:readline/promises';
import { type Consents, unattended } from '../session/aws-plan.ts';

/** Asks before anything that costs money is created. Without a terminal, only `--yes` confirms it. */
export const consents: Consents = async (isSaid, what, question) => {
  if (isSaid || process.stdin.isTTY !== true) return unattended(isSaid, what, question);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // While readline reads, the terminal sends no signal for Ctrl-C, so the signal is sent here.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const end = new AbortController();
  lines.once('close', () => end.abort());
  const answer = await lines.question(`${question} [y/N] `, { signal: end.signal }).catch(() => '');
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
};
