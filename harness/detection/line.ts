import type { Head, HistoryEvent } from '../model/event.ts';

export type Line = Head | HistoryEvent;
