import { takeSignals } from './interrupt.ts';

/**
 * The signal of a recording. The first Ctrl-C or SIGTERM ends the load: what was recorded is read to its end and
 * judged. The second ends everything at once.
 */
export const stopSignals = (): { readonly signal: AbortSignal; readonly dispose: () => void } => {
  const controller = new AbortController();
  const { dispose } = takeSignals(() => controller.abort(), 'the histories have no end');
  return { signal: controller.signal, dispose };
};
