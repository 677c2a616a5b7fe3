import { errorName } from '../kinesis/waits.ts';
import { systemClock } from '../lib/clock.ts';

export type WaitForSlot = {
  /** Errors that go away by waiting. */
  readonly notNow: readonly string[];
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Retries while the service answers "not now", until the deadline; then its own error is thrown. */
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
