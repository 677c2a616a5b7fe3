import { exitCodeOf, messageOf } from '../lib/error.ts';
import { say } from '../lib/say.ts';

/** Its reader has gone, or its terminal was closed. */
const goneCodes: ReadonlySet<unknown> = new Set(['EPIPE', 'EIO']);

let isReport = false;

/** From now on standard output is a report that a machine reads, not words for people. */
export const outIsReport = (): void => {
  isReport = true;
};

/**
 * A stream that takes no more (a full disk, a reader that has gone) is told on the other one, and the exit code is that
 * of a machine that failed: nobody may take half a report for a verdict. Whoever stops reading words for people
 * (`| head`) has what they wanted: the rest goes on.
 */
export const watchOutput = (): void => {
  let isLost = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const isGone = goneCodes.has(error.code);
    if (isLost || (isGone && !isReport)) return;
    isLost = true;
    const why = isGone ? 'its reader has gone, and has not the whole report' : messageOf(error);
    say.err(
      `kinesis-order: standard output takes no more: ${why}\n  ${isGone ? 'read all of it' : 'make room'}, or write the report of run, check or merge-reports to a file: --reporter json=FILE\n`,
    );
  });
  // There is nowhere to say it: standard output may be a report.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    isLost ||= !goneCodes.has(error.code);
  });
  process.on('exit', () => {
    if (isLost) process.exitCode = exitCodeOf.target;
  });
};
