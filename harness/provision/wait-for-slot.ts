import { errorName } from '../kinesis/waits.ts';
import { systemClock } from '../lib/clock.ts';

export type WaitForSlot = {
  /** The names of errors that go away by waiting. */
  readonly notNow: readonly string[];
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Repeats a call while the service answers with one of these errors. At the deadline, rejects with the last error. */
export const waitForSlot = async (
  { notNow, deadlineMs, signal }: WaitForSlot,
  call: () => Promise<void>,
): Promise<void> => {
  const clock = systemClock();
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2000)) {
    try {
      return await call();
    } catch (thrown) {
      if (!notNow.includes(errorName(thrown)) || clock.now() / 1000 + pauseMs > deadlineMs) throw thrown;
      await clock.sleep(pauseMs, signal);
    }
  }
};
