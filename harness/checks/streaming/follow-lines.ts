import { enough } from '../../lib/enough.ts';
import { columnsOf } from '../../model/columns-of-event.ts';
import type { Head, HistoryEvent } from '../../model/event.ts';
import { apply } from '../index/apply.ts';
import { followColumns } from './follow-columns.ts';
import type { StreamingRun } from './streaming-run.ts';

/** One line that was parsed; `enough`, when no other line is needed. */
export const followEvent = (run: StreamingRun, event: Head | HistoryEvent, line: number): typeof enough | undefined => {
  if (event.type === 'put' || event.type === 'ack' || event.type === 'page')
    return followColumns(run, columnsOf(event), line);
  if (event.type === 'reader' && event.role === 'subject')
    run.spill('all', 'a consumer under test, of which all is told that it was given');
  apply(run.tables, event, line);
  if (event.type === 'head') run.begin();
  return run.isOver ? enough : undefined;
};
