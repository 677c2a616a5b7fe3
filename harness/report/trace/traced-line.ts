import type { Head, HistoryEvent } from '../../model/event.ts';

/** A line of a history, those of the format's Additions among them. */
export type TracedLine = Head | HistoryEvent;
