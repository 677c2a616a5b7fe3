import type { Head, HistoryEvent } from '../../model/event.ts';
import type { LineColumns } from '../../model/line-columns.ts';
import type { CatalogueEntry } from './data.ts';

/**
 * What the report is made from beside the verdict; handed in by the front door, since a report may not read histories
 * or know checks by itself.
 */
export type ReportSources = {
  /** Reads a history, line by line; lines of the plain form as columns, but for those that are asked for as events. */
  readonly read: (
    path: string,
    onEvent: (event: Head | HistoryEvent, line: number) => void,
    options: { readonly onHot: (hot: LineColumns, line: number) => void; readonly asEvents: ReadonlySet<number> },
  ) => Promise<boolean>;
  /** What each claim says, and what a finding of it usually comes from. */
  readonly catalogue: Readonly<Record<string, CatalogueEntry>>;
  readonly version: string;
  /** Unix milliseconds. */
  readonly now: number;
};
