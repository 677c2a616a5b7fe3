import { availableParallelism, loadavg } from 'node:os';
import { systemClock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { ChildEngine } from './child-engine.ts';

export type Readiness = {
  readonly name: string;
  readonly child: ChildEngine;
  readonly deadlineMs: number;
  /** True if the output shows that the engine will not start any more, even if its process still runs. */
  readonly isLost?: (words: string) => boolean;
  readonly signal?: AbortSignal;
};

/** Polls `isReady`. Fails with the engine's own output if the process dies, is lost, or the deadline passes. */
export const awaitReady = async (readiness: Readiness, isReady: () => Promise<boolean>): Promise<void> => {
  const { name, child, deadlineMs, signal, isLost } = readiness;
  const clock = systemClock();
  let last = 'no answer';
  while (clock.now() / 1000 < deadlineMs) {
    signal?.throwIfAborted();
    const exit = child.exit();
    if (exit !== undefined)
      throw new HarnessError(
        'target',
        `${name} ended while it started (${exit}): ${child.words() || 'it printed nothing'}`,
      );
    if (isLost?.(child.words()) === true)
      throw new HarnessError('target', `${name} does not come up: ${child.words()}`);
    try {
      if (await isReady()) return;
    } catch (thrown) {
      last = messageOf(thrown);
    }
    await Promise.race([clock.sleep(20, signal), child.exited]);
  }
  throw new HarnessError(
    'target',
    `${name} was not ready after ${deadlineMs} ms (${last}): ${child.words() || 'it printed nothing'}`,
    { hint: busyWords() },
  );
};

/** A hint on the load of the machine: a process that runs and prints nothing is usually waiting for a processor. */
const busyWords = (): string =>
  `this machine has ${availableParallelism()} processors and a load of ${(loadavg()[0] ?? 0).toFixed(1)}: if it is busy, run it again when it is not`;
