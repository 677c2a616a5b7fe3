import { performance } from 'node:perf_hooks';

/**
 * All time of a run comes from here. `now` is monotonic, integer microseconds since the clock was made; `wallMs` is
 * Unix milliseconds.
 */
export type Clock = {
  readonly now: () => number;
  readonly wallMs: () => number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};

export const systemClock = (): Clock => {
  const origin = performance.now();
  return {
    now: () => Math.round((performance.now() - origin) * 1000),
    wallMs: () => Math.round(performance.timeOrigin + performance.now()),
    sleep,
  };
};

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(reasonOf(signal));
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal === undefined ? new Error('aborted') : reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason));
