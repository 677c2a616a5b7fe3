import { exitCodeOf, messageOf } from '../lib/error.ts';
import { print } from '../lib/print.ts';

/** Error codes if the reader of an output has gone, or its terminal was closed. */
const goneCodes: ReadonlySet<unknown> = new Set(['EPIPE', 'EIO']);

let isReport = false;

/** Call it if standard output is a report for machines, not text for people. */
export const outIsReport = (): void => {
  isReport = true;
};

/**
 * Watches for failing writes. If standard output cannot be written (a full disk), or the reader of a report has gone,
 * standard error says so, and the exit code is 3, so that nobody takes half a report for a verdict. If the reader of
 * text for people has gone (`| head`), the run continues.
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
  // A failure of standard error is not reported anywhere, because standard output may be a report. The exit code tells
  // of it.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    isLost ||= !goneCodes.has(error.code);
  });
  process.on('exit', () => {
    if (isLost) process.exitCode = exitCodeOf.target;
  });
};
