import type { HistoryLine } from '../../model/event.ts';
import type { LineColumns } from '../../model/line-columns.ts';
import type { CatalogueEntry } from './data.ts';

/**
 * What a report needs beside the verdict. The caller passes it in, because a report may neither read histories nor
 * know checks itself.
 */
export type ReportSources = {
  /** Reads a history line by line. Lines of the usual layout come as columns, except those in `asEvents`. */
  readonly read: (
    path: string,
    onEvent: (event: HistoryLine, line: number) => void,
    options: { readonly onHot: (hot: LineColumns, line: number) => void; readonly asEvents: ReadonlySet<number> },
  ) => Promise<boolean>;
  /** The summary of each claim, and the usual causes of a finding. */
  readonly catalogue: Readonly<Record<string, CatalogueEntry>>;
  readonly version: string;
  /** Unix milliseconds. */
  readonly now: number;
};
