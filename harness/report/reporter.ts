import type { HistoryVerdict, Verdict } from '../model/verdict.ts';
import type { ReportSources } from './html/sources.ts';
import type { Detail } from './terminal/detail.ts';

/**
 * What a reporter knows beside the verdict: how the run went. The caller passes it in. `check` leaves most of it out.
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
  /** The replay line. */
  readonly replay?: string;
  /** The HTML report that contains it; `isRepeated` if that has several runs of the scenario. */
  readonly report?: string;
  readonly isRepeated?: boolean;
  /** Why the scenario was skipped, for instance a capability that the target lacks. Neither a pass nor a failure. */
  readonly skipped?: string;
  /** Differences from what was asked that no claim covers. */
  readonly notes?: readonly string[];
  /** Why the run failed: exit code 3, or 2 for a mistake of the user. What was recorded may still be judged. */
  readonly error?: string;
  /** When the run was interrupted: exit code 130. */
  readonly interrupted?: string;
  /** Why the file cannot be judged, with its line: exit code 2. */
  readonly unjudged?: string;
};

export type Reported = { readonly history: HistoryVerdict | undefined; readonly run: RunInfo };

export type RenderOptions = {
  readonly color: boolean;
  /** How much a report for people shows of green scenarios. */
  readonly detail?: Detail;
  /** What the verdict does not contain: the histories themselves, and what claims mean. */
  readonly sources?: ReportSources;
};

/** Turns a verdict into text and writes nothing: the caller decides where the bytes go. */
export type Reporter = {
  readonly summary: string;
  /** The default file name. */
  readonly fileName: string;
  readonly render: (
    verdict: Verdict,
    reported: readonly Reported[],
    options: RenderOptions,
  ) => string | Promise<string>;
};
