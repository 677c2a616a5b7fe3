import { apply } from '../../checks/index/apply.ts';
import { applyColumns } from '../../checks/index/apply-columns.ts';
import { Tables } from '../../checks/index/tables.ts';
import { viewOf } from '../../checks/index/view.ts';
import { conclude } from '../../checks/judge/conclude.ts';
import { LineFeeder } from '../../history/line-feeder.ts';
import { messageOf } from '../../lib/error.ts';
import { historyError } from '../../model/history-error.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';

/**
 * The verdict on the bytes of a history, or the error: with the scanner, or with JSON.parse and the shapes alone,
 * which is the reference. `chunk`: the number of bytes that are fed at a time.
 */
export const judgeBytes = (bytes: Buffer, isScanned: boolean, chunk = bytes.length): HistoryVerdict | string => {
  const tables = new Tables();
  try {
    const lines = new LineFeeder(
      (event, line) => apply(tables, event, line),
      isScanned ? (hot, line) => applyColumns(tables, hot, line) : undefined,
    );
    for (let at = 0; at < bytes.length; at += chunk) lines.feed(bytes.subarray(at, at + chunk));
    if (!lines.finish()) tables.end = undefined;
    if (tables.head === undefined) throw historyError(1, 'the history is empty: there is no head');
    return conclude(viewOf(tables), 'bytes', {});
  } catch (thrown) {
    return messageOf(thrown);
  }
};
