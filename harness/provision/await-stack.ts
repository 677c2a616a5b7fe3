import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import type { SeenStack, Stacks } from './stacks.ts';

export type AwaitStack = { readonly name: string; readonly deadlineMs: number; readonly signal?: AbortSignal };

type Watched = Pick<Stacks, 'find' | 'firstFailure'>;

/**
 * Polls until the stack has the status `wanted`. Rejects with HarnessError('target') and the reason of the first
 * failed resource, because the stack itself often has none.
 */
export const awaitStack = async (
  stacks: Watched,
  { name, deadlineMs, signal }: AwaitStack,
  wanted: 'CREATE_COMPLETE' | 'UPDATE_COMPLETE',
): Promise<SeenStack> => {
  const stack = await settled(stacks, { name, deadlineMs, ...(signal === undefined ? {} : { signal }) });
  if (stack === undefined) throw new HarnessError('target', `stack ${name} was deleted under us`);
  if (stack.status === wanted) return stack;
  const cause = await stacks.firstFailure(name).catch(() => undefined);
  throw new HarnessError(
    'target',
    `stack ${name} is ${stack.status}: ${cause ?? stack.reason ?? 'neither the stack nor its events give a reason'}`,
  );
};

/** Resolves when the stack is gone. If its deletion failed, the error names the resource. */
export const awaitStackGone = async (stacks: Watched, wait: AwaitStack): Promise<void> => {
  const stack = await settled(stacks, wait);
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') return;
  const cause = await stacks.firstFailure(wait.name).catch(() => undefined);
  throw new HarnessError(
    'target',
    `stack ${wait.name} is ${stack.status} after DeleteStack: ${cause ?? 'no reason given'}`,
  );
};

const settled = async (stacks: Watched, { name, deadlineMs, signal }: AwaitStack): Promise<SeenStack | undefined> => {
  const clock = systemClock();
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.5, 5000)) {
    signal?.throwIfAborted();
    const stack = await stacks.find(name);
    if (stack === undefined || !stack.status.endsWith('_IN_PROGRESS')) return stack;
    if (clock.now() / 1000 + pauseMs > deadlineMs)
      throw new HarnessError('target', `stack ${name} was still ${stack.status} after ${deadlineMs} ms`, {
        hint: 'give the scenario a larger budget.reshardMs, or look at the stack',
      });
    await clock.sleep(pauseMs, signal);
  }
};
