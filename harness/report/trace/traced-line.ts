import type { Head, HistoryEvent } from '../../model/event.ts';
import type { SubjectEvent } from './subjects.ts';

/** A line of a history, those of the format's Additions among them. */
export type TracedLine = Head | HistoryEvent | SubjectEvent;
