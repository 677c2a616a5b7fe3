import type { Clock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { Provisioner } from '../provision/provisioner.ts';
import type { RunningTarget } from '../targets/target.ts';
import { within } from './deadline.ts';

/**
 * Milliseconds on an emulator, where a stream goes at once. AWS takes a minute for a stream and some for a stack:
 * scaled like every other wait.
 */
const tearDownMs = 8000;
/** However slow an emulator is: a run that is over is not to be waited for. */
const tearDownMsMax = 30_000;
/** AWS's factor of 20 would give less than 3 minutes. */
const slowTearDownMs = 15_000;

export type TearDown = {
  readonly provisioner: Pick<Provisioner, 'remove'>;
  readonly name: string;
  readonly target: Pick<RunningTarget, 'slowness' | 'client'>;
  readonly clock: Clock;
};

/** Without an address it is AWS, where nothing is fast. */
export const tearDownBudgetMs = ({ slowness, client }: TearDown['target']): number =>
  Math.round(
    client.endpoint === undefined ? slowTearDownMs * slowness : Math.min(tearDownMsMax, tearDownMs * slowness),
  );

/** Tear-down never outlives its welcome: why it could not remove the stream is answered, and `clean` finds it. */
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

/** What failed, and that something is left because of it. */
export const withLeftover = (thrown: unknown, name: string, why: string): HarnessError =>
  new HarnessError(
    thrown instanceof HarnessError ? thrown.code : 'target',
    `${messageOf(thrown)}; ${name} may be left: ${why}`,
    { hint: 'kinesis-order clean finds and removes it', cause: thrown },
  );
