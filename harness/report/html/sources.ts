import type { Head, HistoryEvent } from '../../model/event.ts';
import type { LineColumns } from '../../model/line-columns.ts';
import type { CatalogueEntry } from './data.ts';

/**
 * What a report needs beside the verdict. The front door passes it in, because a report may not read histories or
 * know checks itself.
 */
export type ReportSources = {
  /**
   * Reads a history line by line; lines of the usual layout as columns, except those that are requested as events.
   */
  readonly read: (
    path: string,
    onEvent: (event: Head | HistoryEvent, line: number) => void,
    options: { readonly onHot: (hot: LineColumns, line: number) => void; readonly asEvents: ReadonlySet<number> },
  ) => Promise<boolean>;
  /** The summary of each claim, and the usual causes of a finding. */
  readonly catalogue: Readonly<Record<string, CatalogueEntry>>;
  readonly version: string;
  /** Unix milliseconds. */
  readonly now: number;
};
