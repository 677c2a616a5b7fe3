import { writeSync } from 'node:fs';
import { exitCodeOf, HarnessError } from '../lib/error.ts';

/** Ctrl-C and SIGTERM end a run cleanly: abort, tear down, 130. The second one, or ten seconds, ends it at once, and says so. */
export const interruption = (): { readonly signal: AbortSignal; readonly dispose: () => void } => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (controller.signal.aborted) leave('interrupted again');
    controller.abort(new HarnessError('interrupted', 'interrupted'));
    timer = setTimeout(() => leave(`not torn down after ${graceMs / 1000} s`), graceMs);
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

const graceMs = 10_000;

/** Written at once: what is still in a pipe when the process ends is lost. */
const leave = (why: string): never => {
  try {
    writeSync(
      2,
      `kinesis-order: ${why}, stopped at once: \`kinesis-order clean\` removes what it left on the target\n`,
    );
  } finally {
    process.exit(exitCodeOf.interrupted);
  }
};
