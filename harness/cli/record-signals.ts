import { exitCodeOf } from '../lib/error.ts';

/** The first Ctrl-C or SIGTERM ends the load; what was recorded is read to its end and judged. The second ends all at once. */
export const stopSignals = (): { readonly signal: AbortSignal; readonly dispose: () => void } => {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(exitCodeOf.interrupted);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
};
