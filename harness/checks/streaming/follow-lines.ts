import { columnsOf } from '../../model/columns-of-event.ts';
import type { Head, HistoryEvent } from '../../model/event.ts';
import { apply } from '../index/apply.ts';
import { followColumns } from './follow-columns.ts';
import type { StreamingRun } from './streaming-run.ts';

/** One line that was parsed. */
export const followEvent = (run: StreamingRun, event: Head | HistoryEvent, line: number): void => {
  if (event.type === 'put' || event.type === 'ack' || event.type === 'page')
    return followColumns(run, columnsOf(event), line);
  apply(run.tables, event, line);
  if (event.type === 'head') run.begin();
};
