import { enough } from '../../lib/enough.ts';
import { columnsOf } from '../../model/columns-of-event.ts';
import type { HistoryLine } from '../../model/event.ts';
import { apply } from '../index/apply.ts';
import { applyTime } from '../index/apply-columns.ts';
import { followColumns } from './follow-columns.ts';
import type { StreamingRun } from './streaming-run.ts';

/** True if any chain has begun. */
const isRead = ({ shards }: StreamingRun): boolean => shards.some(({ chains }) => chains.length > 0);

/** Takes a line that was parsed. Returns `enough` if no further line is needed. */
export const followEvent = (run: StreamingRun, event: HistoryLine, line: number): typeof enough | undefined => {
  if (event.type === 'put' || event.type === 'ack' || event.type === 'page')
    return followColumns(run, columnsOf(event), line);
  if (event.type === 'reader') run.subjects.know(event, isRead(run));
  if (event.type === 'subject' && !run.subjects.report(event, line)) applyTime(run.tables, event.t, line);
  else apply(run.tables, event, line);
  if (event.type === 'head') run.begin();
  return run.isOver ? enough : undefined;
};
