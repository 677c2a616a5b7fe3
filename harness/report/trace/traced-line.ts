import type { Head, HistoryEvent } from '../../model/event.ts';

/** A line of a history, including those from the format's Additions. */
export type TracedLine = Head | HistoryEvent;
