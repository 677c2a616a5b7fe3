import type { Trace } from '../trace/trace.ts';
import type { LaneRecord } from './lane.ts';
import type { RecordReports } from './record-picture.ts';

/**
 * Adds the wall-clock time when a record was sent, or first delivered, so that users find it in other logs.
 * `startedAt`: Unix milliseconds; NaN if the history has none. Not part of the page's code.
 */
export const withClock = (told: RecordReports, trace: Trace, startedAt: number): RecordReports => ({
  rows: told.rows,
  steps: (record) => [...clockSteps(trace, record, startedAt), ...told.steps(record)],
});

const clockSteps = (
  { calls, pages }: Trace,
  record: LaneRecord,
  startedAt: number,
): ReturnType<RecordReports['steps']> => {
  if (Number.isNaN(startedAt)) return [];
  const [sent] = record.attempts;
  const [given] = record.deliveries;
  const [t, line] =
    sent !== undefined
      ? [calls.t[sent.call], calls.line[sent.call]]
      : given !== undefined
        ? [pages.t[given.page], pages.line[given.page]]
        : [];
  return t === undefined || line === undefined ? [] : [{ line, words: `by the clock ${clockText(startedAt, t)}` }];
};

/** `2026-11-24T10:00:01.760Z`. */
const clockText = (startedAt: number, t: number): string => {
  const date = new Date(startedAt + t / 1000);
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString();
};
