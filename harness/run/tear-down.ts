import type { Clock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { Provisioner } from '../provision/provisioner.ts';
import type { RunningTarget } from '../targets/target.ts';
import { within } from './deadline.ts';

/** The budget in milliseconds on an emulator, which deletes a stream at once. It is scaled like every other wait. */
const tearDownMs = 8000;
/** Upper limit on emulators, so that a finished run does not hang. */
const tearDownMsMax = 30_000;
/**
 * The budget in milliseconds on AWS, which takes a minute for a stream and longer for a stack: with AWS's factor of
 * 20, `tearDownMs` would give less than 3 minutes.
 */
const slowTearDownMs = 15_000;

export type TearDown = {
  readonly provisioner: Pick<Provisioner, 'remove'>;
  readonly name: string;
  readonly target: Pick<RunningTarget, 'slowness' | 'client'>;
  readonly clock: Clock;
};

/** The budget of tear-down, in milliseconds. Without an endpoint the target is AWS, which is slow. */
export const tearDownBudgetMs = ({ slowness, client }: TearDown['target']): number =>
  Math.round(
    client.endpoint === undefined ? slowTearDownMs * slowness : Math.min(tearDownMsMax, tearDownMs * slowness),
  );

/**
 * Deletes the stream, with a deadline. Returns undefined, or why the stream could not be deleted; `clean` finds it
 * later.
 */
export const tearDown = async ({ provisioner, name, target, clock }: TearDown): Promise<string | undefined> => {
  const { signal } = new AbortController();
  const budgetMs = tearDownBudgetMs(target);
  try {
    const isGone = await within({ clock, budgetMs, signal }, provisioner.remove(name, budgetMs));
    return isGone ? undefined : `it was not gone ${budgetMs} ms after its deletion was asked for`;
  } catch (thrown) {
    return messageOf(thrown);
  }
};

/** The error of a run, with the stream that remains because of it. */
export const withLeftover = (thrown: unknown, name: string, why: string): HarnessError =>
  new HarnessError(
    thrown instanceof HarnessError ? thrown.code : 'target',
    `${messageOf(thrown)}; ${name} may be left: ${why}`,
    { hint: 'kinesis-order clean finds and removes it', cause: thrown },
  );
