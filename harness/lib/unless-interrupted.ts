import { HarnessError } from './error.ts';

/**
 * Settles as the promise does, or rejects with HarnessError('interrupted') as soon as the signal aborts. Then the
 * promise's own result is ignored.
 */
export const unlessInterrupted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(interruptedBy(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

/** The reason of a signal as HarnessError('interrupted'): signals of tests and programs have reasons of their own. */
export const interruptedBy = ({ reason }: AbortSignal): HarnessError =>
  reason instanceof HarnessError && reason.code === 'interrupted'
    ? reason
    : new HarnessError('interrupted', 'interrupted', { cause: reason });
