import { createInterface } from 'node:readline/promises';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { findLeftovers, removeLeftovers } from '../provision/clean.ts';
import { interruption } from './interrupt.ts';
import { loadConfig } from './settings.ts';
import { startTarget, type TargetFlags } from './start-target.ts';

const deleteDeadlineMs = 60_000;

/** `clean`: shows what killed runs left on a target, and removes it. Only what carries this tool's name and its tag. */
export const cleanCommand = async (
  flags: TargetFlags & { readonly yes?: boolean; readonly config?: string },
): Promise<number> => {
  const config = await loadConfig(process.cwd(), flags.config);
  const isEmbedded = [
    flags.endpoint,
    flags.target,
    config.endpoint,
    config.target,
    process.env['AWS_ENDPOINT_URL_KINESIS'],
    process.env['AWS_ENDPOINT_URL'],
  ].every((said) => said === undefined || said === 'kinesis-local' || said === 'kinesalite');
  if (isEmbedded) {
    process.stdout.write(
      'The embedded engines end with their run and keep nothing. Give --endpoint for an engine that goes on.\n',
    );
    return 0;
  }
  const { signal, dispose } = interruption();
  const target = await startTarget(flags, config, signal);
  const kinesis = createKinesis(target.client);
  try {
    const found = await findLeftovers(kinesis);
    for (const { name, run } of found) process.stdout.write(`${name} (run ${run})\n`);
    if (found.length === 0) process.stdout.write('nothing is left\n');
    if (found.length === 0 || !(await consents(flags.yes === true, found.length))) return 0;
    await removeLeftovers(kinesis, found, deleteDeadlineMs);
    process.stdout.write(`${found.length} removed\n`);
    return 0;
  } finally {
    kinesis.close();
    await target.stop();
    dispose();
  }
};

const consents = async (isSaid: boolean, count: number): Promise<boolean> => {
  if (isSaid) return true;
  if (process.stdin.isTTY !== true)
    throw new HarnessError('usage', `clean would remove ${count} streams; nobody is there to ask`, {
      hint: 'say --yes',
    });
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question(`remove these ${count}? [y/N] `);
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
};
