import type { HistoryVerdict, Verdict } from '../model/verdict.ts';
import type { ReportSources } from './html/sources.ts';
import type { Detail } from './terminal/detail.ts';

/**
 * What a reporter may know beside the verdict: how the run went, as the front door tells it. All of it optional for
 * `check`.
 */
export type RunInfo = {
  readonly scenario: string;
  readonly why?: string;
  readonly source?: string;
  /** The file of the scenario. */
  readonly file?: string;
  readonly tags?: readonly string[];
  readonly seed?: string;
  readonly target?: string;
  readonly durationMs?: number;
  /** The one line that replays it. */
  readonly replay?: string;
  /** The HTML report that tells of it; `isRepeated` where it tells of several runs of the scenario. */
  readonly report?: string;
  readonly isRepeated?: boolean;
  /** Why it was not run: what the target lacks, say. Neither a pass nor a failure. */
  readonly skipped?: string;
  /** What differs from what was asked, and no claim speaks of. */
  readonly notes?: readonly string[];
  /** Why the run failed, exit code 3 (2 for a mistake of the user); what was recorded may be judged all the same. */
  readonly error?: string;
  /** Exit code 130: at which point. */
  readonly interrupted?: string;
  /** Why the file cannot be judged, with its line: exit code 2. */
  readonly unjudged?: string;
};

export type Reported = { readonly history: HistoryVerdict | undefined; readonly run: RunInfo };

export type RenderOptions = {
  readonly color: boolean;
  /** How much the report for people tells of what is green. */
  readonly detail?: Detail;
  /** Where a reporter finds what the verdict does not hold: the histories themselves, and what claims mean. */
  readonly sources?: ReportSources;
};

/** From verdict to text. Pure: the front door decides where the bytes go. */
export type Reporter = {
  readonly summary: string;
  /** File name when an output folder is given. */
  readonly fileName: string;
  readonly render: (
    verdict: Verdict,
    reported: readonly Reported[],
    options: RenderOptions,
  ) => string | Promise<string>;
};
