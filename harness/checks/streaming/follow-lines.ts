import { columnsOf } from '../../model/columns-of-event.ts';
import type { Head, HistoryEvent } from '../../model/event.ts';
import { apply } from '../index/apply.ts';
import { followColumns } from './follow-columns.ts';
import { mustBe } from './not-plain.ts';
import type { StreamingRun } from './streaming-run.ts';

/** One line that was parsed. */
export const followEvent = (run: StreamingRun, event: Head | HistoryEvent, line: number): void => {
  if (event.type === 'put' || event.type === 'ack' || event.type === 'page')
    return followColumns(run, columnsOf(event), line);
  const isSubject = event.type === 'reader' && event.role === 'subject';
  mustBe(!isSubject, 'a consumer under test, of which all is told that it was given');
  apply(run.tables, event, line);
  if (event.type === 'head') run.begin();
};
