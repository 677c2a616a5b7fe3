import { columnsOf } from '../../model/columns-of-event.ts';
import type { EndEvent, Head, HistoryLine, ReaderEvent, ReshardEvent, SubjectEvent } from '../../model/event.ts';
import { historyError } from '../../model/history-error.ts';
import { applyColumns, applyTime } from './apply-columns.ts';
import type { Tables } from './tables.ts';

/**
 * Folds one line into the tables. Throws `historyError` where lines do not fit together: such a file cannot be judged.
 */
export const apply = (tables: Tables, event: HistoryLine, line: number): void => {
  if (event.type === 'head') return applyHead(tables, event, line);
  if (event.type === 'put' || event.type === 'ack' || event.type === 'page')
    return applyColumns(tables, columnsOf(event), line);
  if (tables.head === undefined) throw historyError(line, `the first line must be the head, got type ${event.type}`);
  applyTime(tables, event.t, line);
  switch (event.type) {
    case 'topology':
      tables.snapshots.push({ line, event });
      for (const { shard } of event.shards) tables.shards.id(shard);
      return;
    case 'reader':
      return applyReader(tables, event);
    case 'reshard':
      return applyReshard(tables, event, line);
    case 'fault':
      tables.faults.push({ line, event });
      return;
    case 'end':
      tables.end = worseEnd(tables.end, event);
      return;
    case 'subject':
      return applySubject(tables, event, line);
    case 'phase':
      tables.phases.push({ line, phase: event.phase });
      return;
    case 'note':
      return;
    default:
      event satisfies never;
  }
};

const applyReader = (tables: Tables, event: ReaderEvent): void => {
  const reader = tables.readers.id(event.reader);
  tables.roles.set(reader, event.role ?? 'live');
  if (event.role === 'final' && tables.phases.length > 0) tables.isReadToEnd = true;
  const { group, of, owes, filter, aggregates } = event;
  if ((group ?? of ?? owes ?? filter ?? aggregates) !== undefined) tables.readerSays.set(reader, event);
};

const applySubject = (tables: Tables, event: SubjectEvent, line: number): void => {
  const reported = {
    line,
    t: event.t,
    reader: tables.readers.id(event.reader),
    shard: event.shard === undefined ? -1 : tables.shards.id(event.shard),
    number: event.seq === undefined ? -1 : numberOf(tables, event.seq),
    event,
  };
  if (event.event === 'done') tables.dones.add(reported);
  else tables.reported.push(reported);
};

/** Returns an index into `sequences`. */
const numberOf = (tables: Tables, text: string): number => {
  tables.sequence.read(text);
  return tables.sequences.pushParts(tables.sequence);
};

const endsWorstFirst = ['failed', 'interrupted', 'completed'];

/** Of two ends the worse one counts. Contract, rule 24. */
const worseEnd = (before: EndEvent | undefined, end: EndEvent): EndEvent =>
  before !== undefined && endsWorstFirst.indexOf(before.reason) <= endsWorstFirst.indexOf(end.reason) ? before : end;

const applyHead = (tables: Tables, head: Head, line: number): void => {
  if (tables.head !== undefined) throw historyError(line, 'a second head: two histories in one file');
  if (line !== 1) throw historyError(line, 'the head must be the first line');
  tables.head = head;
};

const applyReshard = (tables: Tables, event: ReshardEvent, line: number): void => {
  const known = tables.reshards.get(event.id);
  if (event.phase === 'invoke' || known === undefined) {
    const isOpen = event.phase === 'invoke';
    // A reused id is another reshard. The first one is kept.
    if (known !== undefined) tables.reshards.set(-1 - tables.reshards.size, known);
    tables.reshards.set(event.id, {
      id: event.id,
      line,
      t: event.t,
      action: event.action ?? 'reshard',
      shards: event.shards ?? [],
      doneT: isOpen ? Number.POSITIVE_INFINITY : event.t,
      doneLine: isOpen ? 0 : line,
      result: event.phase === 'invoke' ? 'open' : event.phase,
      failure: tables.failures.id(event.error, event.message),
    });
    return;
  }
  known.doneT = event.t;
  known.doneLine = line;
  known.result = event.phase;
  known.failure = tables.failures.id(event.error, event.message);
};
