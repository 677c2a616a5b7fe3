import type { Clock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { Provisioner } from '../provision/provisioner.ts';
import type { RunningTarget } from '../targets/target.ts';
import { within } from './deadline.ts';

/**
 * Milliseconds on an emulator, which deletes a stream at once. AWS takes a minute for a stream and longer for a
 * stack: scaled like every other wait.
 */
const tearDownMs = 8000;
/** Upper limit on emulators, so that a finished run does not hang. */
const tearDownMsMax = 30_000;
/** The factor 20 for AWS would give less than 3 minutes. */
const slowTearDownMs = 15_000;

export type TearDown = {
  readonly provisioner: Pick<Provisioner, 'remove'>;
  readonly name: string;
  readonly target: Pick<RunningTarget, 'slowness' | 'client'>;
  readonly clock: Clock;
};

/** Without an endpoint the target is AWS, which is slow. */
export const tearDownBudgetMs = ({ slowness, client }: TearDown['target']): number =>
  Math.round(
    client.endpoint === undefined ? slowTearDownMs * slowness : Math.min(tearDownMsMax, tearDownMs * slowness),
  );

/** Tear-down has a deadline. It returns why it could not delete the stream; `clean` finds it later. */
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

/** What failed, and what remains because of it. */
export const withLeftover = (thrown: unknown, name: string, why: string): HarnessError =>
  new HarnessError(
    thrown instanceof HarnessError ? thrown.code : 'target',
    `${messageOf(thrown)}; ${name} may be left: ${why}`,
    { hint: 'kinesis-order clean finds and removes it', cause: thrown },
  );
