import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { print } from '../lib/print.ts';
import { several } from '../lib/several.ts';
import { unlessInterrupted } from '../lib/unless-interrupted.ts';
import { visible } from '../lib/visible.ts';
import { findLeftovers, type Leftover, removeLeftovers } from '../provision/clean.ts';
import { findStacks, removeStacks } from '../provision/clean-stacks.ts';
import { openStacks, type Stacks } from '../provision/stacks.ts';
import { aliveReason } from '../session/alive.ts';
import { loadConfig } from '../session/settings.ts';
import { startTarget } from '../session/start-target.ts';
import type { TargetFlags } from '../session/target-choice.ts';
import type { RunningTarget } from '../targets/target.ts';
import { consents } from './consent.ts';
import { interruption } from './interrupt.ts';

const deleteDeadlineMs = 60_000;

/**
 * `clean`: shows what killed runs left on a target, and removes it. It removes only streams and stacks that have this
 * tool's name and tag, and without `--all` nothing of a run that may still be active. Returns the exit code.
 */
export const cleanCommand = async (flags: TargetFlags & CleanFlags & { readonly config?: string }): Promise<number> => {
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
    print.out(
      'The embedded engines end with their run and keep nothing. For an engine that is still running, give --endpoint.\n',
    );
    return 0;
  }
  const { signal, dispose } = interruption('run it again for the rest');
  const target = await startTarget(flags, config, signal);
  const kinesis = createKinesis(target.client);
  const stacks: Stacks | undefined = target.capabilities.cloudformation ? openStacks(target.client) : undefined;
  try {
    await unlessInterrupted(sweep(flags, { target, kinesis, stacks }), signal);
    return 0;
  } finally {
    stacks?.close();
    kinesis.close();
    await target.stop();
    dispose();
  }
};

type CleanFlags = { readonly yes?: boolean; readonly all?: boolean };
type Swept = { readonly target: RunningTarget; readonly kinesis: Kinesis; readonly stacks: Stacks | undefined };

const sweep = async (flags: CleanFlags, { target, kinesis, stacks }: Swept): Promise<void> => {
  const deadlineMs = deleteDeadlineMs * target.slowness;
  const ours = flags.all === true ? everything : ended;
  const ofStacks = stacks === undefined ? [] : await ours(await findStacks(stacks), 'stack');
  const streams = await ours(await findLeftovers(kinesis), 'stream');
  const count = show('stack', ofStacks) + show('stream', streams);
  if (count === 0) print.out('nothing is left\n');
  const what = `clean would remove ${several(ofStacks.length, 'stack')} and ${several(streams.length, 'stream')}`;
  if (count === 0 || !(await consents(flags.yes === true, what, `remove these ${count}?`))) return;
  if (stacks !== undefined) await removeStacks(stacks, ofStacks, deadlineMs);
  // Deleting a stack should delete its streams. Streams that still exist are deleted now.
  const names = new Set(streams.map(({ name }) => name));
  const still = (await findLeftovers(kinesis)).filter(({ name }) => names.has(name));
  await removeLeftovers(kinesis, still, deadlineMs);
  print.out(`${count} removed\n`);
};

type Choose = <T extends Leftover>(found: readonly T[], what: string) => Promise<readonly T[]>;
const everything: Choose = (found) => Promise.resolve(found);

/**
 * Chooses what ended runs have left. What an active run has made is shown and kept, because two runs may share an
 * engine.
 */
const ended: Choose = async (found, what) => {
  const over: (typeof found)[number][] = [];
  for (const one of found) {
    const reason = await aliveReason(one.run, systemClock().wallMs());
    if (reason === undefined) over.push(one);
    else print.out(`left alone: ${what} ${visible(one.name)} (${reason}); --all removes it too\n`);
  }
  return over;
};

const show = (what: string, found: readonly Leftover[]): number => {
  for (const { name, run } of found) print.out(`${what} ${visible(name)} (run ${visible(run)})\n`);
  return found.length;
};
