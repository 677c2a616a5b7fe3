import { setMaxListeners } from 'node:events';

/**
 * A signal that aborts after `ms`, or with the first of its parents. Its timer and listeners hold it until `release`:
 * Node 20 may collect the signals of `AbortSignal.any` and `AbortSignal.timeout` while someone still waits for them
 * (nodejs/node#54614), and then nothing ever aborts.
 */
export type LinkedSignal = {
  readonly signal: AbortSignal;
  /** Stops the timer and keeps the parents: for an answer that has come and whose body can still be aborted. */
  readonly stopTimer: () => void;
  readonly release: () => void;
};

export const linkedSignal = (ms: number, parents: readonly (AbortSignal | undefined)[]): LinkedSignal => {
  const controller = new AbortController();
  // One listener for each call in flight: a probe has dozens.
  setMaxListeners(0, controller.signal);
  const end = (): void => controller.abort();
  const timer = setTimeout(end, ms);
  for (const parent of parents) {
    if (parent?.aborted === true) end();
    else parent?.addEventListener('abort', end, { once: true });
  }
  const stopTimer = (): void => clearTimeout(timer);
  const release = (): void => {
    stopTimer();
    for (const parent of parents) parent?.removeEventListener('abort', end);
  };
  return { signal: controller.signal, stopTimer, release };
};
