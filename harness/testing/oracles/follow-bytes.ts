import { finish } from '../../checks/streaming/finish.ts';
import { followColumns } from '../../checks/streaming/follow-columns.ts';
import { followEvent } from '../../checks/streaming/follow-lines.ts';
import { SecondLook } from '../../checks/streaming/second-look.ts';
import { StreamingRun } from '../../checks/streaming/streaming-run.ts';
import { streamingVerdict } from '../../checks/streaming/streaming-verdict.ts';
import { LineFeeder, type OnEvent, type OnHot } from '../../history/line-feeder.ts';
import { messageOf } from '../../lib/error.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { judgeBytes } from './judge-bytes.ts';

export const bytesOf = (lines: readonly unknown[]): Buffer =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

export type Followed = {
  /** The verdict of the streaming judge, or why the full judge must judge the history. */
  readonly said: HistoryVerdict | string;
  /** Why something was set aside for a second reading. */
  readonly aside: string | undefined;
};

export const follow = (bytes: Buffer, isScanned: boolean): Followed => {
  const run = new StreamingRun();
  try {
    const read = (onEvent: OnEvent, onHot: OnHot): void => {
      const lines = new LineFeeder(onEvent, isScanned ? onHot : undefined);
      lines.feed(bytes);
      if (!lines.finish()) run.tables.end = undefined;
    };
    read(
      (event, line) => followEvent(run, event, line),
      (hot, line) => followColumns(run, hot, line),
    );
    if (!run.isOver) finish(run);
    if (!run.isOver && !run.spills.isEmpty) {
      const look = new SecondLook(run);
      read(
        (event, line) => look.event(event, line),
        (hot, line) => look.hot(hot, line),
      );
    }
    return { said: run.spills.all ?? streamingVerdict(run, 'bytes', {}), aside: run.spills.why };
  } catch (thrown) {
    return { said: messageOf(thrown), aside: run.spills.why };
  }
};

export const followBytes = (bytes: Buffer, isScanned: boolean): HistoryVerdict | string =>
  follow(bytes, isScanned).said;

/**
 * 'plain' if the streaming judge has the verdict of the full judge; 'aside: ' and the reason if something needed a
 * second reading; otherwise why the full judge must judge the history. Compares both decoders.
 */
export const reasonOf = (lines: readonly unknown[]): string => {
  const bytes = bytesOf(lines);
  const [scanned, decoded] = [true, false].map((isScanned) => {
    const { said, aside } = follow(bytes, isScanned);
    if (typeof said === 'string') return said;
    if (JSON.stringify(said) !== JSON.stringify(judgeBytes(bytes, isScanned))) return 'plain with another verdict';
    return aside === undefined ? 'plain' : `aside: ${aside}`;
  });
  return scanned === decoded ? (scanned ?? '') : `scanned: ${scanned} / decoded: ${decoded}`;
};
