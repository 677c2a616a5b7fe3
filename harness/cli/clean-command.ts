import { createKinesis } from '../kinesis/create-kinesis.ts';
import { findLeftovers, type Leftover, removeLeftovers } from '../provision/clean.ts';
import { findStacks, removeStacks } from '../provision/clean-stacks.ts';
import { openStacks, type Stacks } from '../provision/stacks.ts';
import { consents } from './consent.ts';
import { interruption } from './interrupt.ts';
import { loadConfig } from './settings.ts';
import { startTarget } from './start-target.ts';
import type { TargetFlags } from './target-choice.ts';

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
  const stacks: Stacks | undefined = target.capabilities.cloudformation ? openStacks(target.client) : undefined;
  try {
    const deadlineMs = deleteDeadlineMs * target.slowness;
    const ofStacks = stacks === undefined ? [] : await findStacks(stacks);
    const count = show('stack', ofStacks) + show('stream', await findLeftovers(kinesis));
    if (count === 0) process.stdout.write('nothing is left\n');
    if (
      count === 0 ||
      !(await consents(flags.yes === true, `clean would remove ${count} stacks and streams`, `remove these ${count}?`))
    )
      return 0;
    if (stacks !== undefined) await removeStacks(stacks, ofStacks, deadlineMs);
    // Stacks took their streams with them, or should have: what is still there is asked for again.
    await removeLeftovers(kinesis, await findLeftovers(kinesis), deadlineMs);
    process.stdout.write(`${count} removed\n`);
    return 0;
  } finally {
    stacks?.close();
    kinesis.close();
    await target.stop();
    dispose();
  }
};

const show = (what: string, found: readonly Leftover[]): number => {
  for (const { name, run } of found) process.stdout.write(`${what} ${name} (run ${run})\n`);
  return found.length;
};
