import { HarnessError } from '../lib/error.ts';

/** Ctrl-C and SIGTERM end a run cleanly: abort, tear down, 130. The second one, or ten seconds, ends it at once. */
export const interruption = (): { readonly signal: AbortSignal; readonly dispose: () => void } => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new HarnessError('interrupted', 'interrupted'));
    timer = setTimeout(() => process.exit(130), 10_000);
    timer.unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    // The handlers stay: a second Ctrl-C between here and the end of the process is 130 as well.
    dispose: () => clearTimeout(timer),
  };
};
