import { exitCodeOf, messageOf } from '../lib/error.ts';
import { print } from '../lib/print.ts';

/** Its reader has gone, or its terminal was closed. */
const goneCodes: ReadonlySet<unknown> = new Set(['EPIPE', 'EIO']);

let isReport = false;

/** From now on standard output is a report for machines, not text for people. */
export const outIsReport = (): void => {
  isReport = true;
};

/**
 * If standard output cannot be written (a full disk, a reader that has gone), standard error says so, and the exit
 * code is 3: nobody may take half a report for a verdict. A reader of text for people (`| head`) has what it wanted:
 * the run continues.
 */
export const watchOutput = (): void => {
  let isLost = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const isGone = goneCodes.has(error.code);
    if (isLost || (isGone && !isReport)) return;
    isLost = true;
    const why = isGone ? 'its reader has gone and has only a part of the report' : messageOf(error);
    print.err(
      `kinesis-order: cannot write to standard output: ${why}\n  ${isGone ? 'read all of it' : 'make room'}, or write the report of run, check or merge-reports to a file: --reporter json=FILE\n`,
    );
  });
  // There is nowhere to report it: standard output may be a report.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    isLost ||= !goneCodes.has(error.code);
  });
  process.on('exit', () => {
    if (isLost) process.exitCode = exitCodeOf.target;
  });
};
