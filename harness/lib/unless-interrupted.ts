import { HarnessError } from './error.ts';

/**
 * What the promise answers, or HarnessError('interrupted') as soon as the signal aborts. Whatever the promise does
 * later is nobody's business.
 */
export const unlessInterrupted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(interruptedBy(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

/** A signal of a test, or of a program, aborts with reasons of its own. */
export const interruptedBy = ({ reason }: AbortSignal): HarnessError =>
  reason instanceof HarnessError && reason.code === 'interrupted'
    ? reason
    : new HarnessError('interrupted', 'interrupted', { cause: reason });
