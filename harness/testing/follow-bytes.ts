import { followHot } from '../checks/plain/plain-hot.ts';
import { followEvent } from '../checks/plain/plain-lines.ts';
import { PlainRun } from '../checks/plain/plain-run.ts';
import { plainVerdict } from '../checks/plain/plain-verdict.ts';
import { LineFeeder } from '../history/line-feeder.ts';
import { messageOf } from '../lib/error.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { judgeBytes } from './judge-bytes.ts';

export const bytesOf = (lines: readonly unknown[]): Buffer =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** What the plain reading says, or why it leaves the history to the judge of the whole. */
export const followBytes = (bytes: Buffer, isScanned: boolean): HistoryVerdict | string => {
  const run = new PlainRun();
  try {
    const lines = new LineFeeder(
      (event, line) => followEvent(run, event, line),
      isScanned ? (hot, line) => followHot(run, hot, line) : undefined,
    );
    lines.feed(bytes);
    lines.finish();
    return plainVerdict(run, 'bytes', {});
  } catch (thrown) {
    return messageOf(thrown);
  }
};

/** 'plain', where the plain reading has the verdict of the judge of the whole; or why it leaves the history to that; by either decoder. */
export const reasonOf = (lines: readonly unknown[]): string => {
  const bytes = bytesOf(lines);
  const [scanned, decoded] = [true, false].map((isScanned) => {
    const said = followBytes(bytes, isScanned);
    if (typeof said === 'string') return said;
    return JSON.stringify(said) === JSON.stringify(judgeBytes(bytes, isScanned))
      ? 'plain'
      : 'plain with another verdict';
  });
  return scanned === decoded ? (scanned ?? '') : `scanned: ${scanned} / decoded: ${decoded}`;
};
