import type { Expectations, Question } from '../model/expectations.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

/** As on the command line; what is left out is taken from `kinesis-order.config.ts`, then from the environment. */
export type RunScenarioOptions = {
  /** The engine: kinesis-local by default. */
  readonly target?: string;
  readonly endpoint?: string;
  readonly engineVersion?: string;
  readonly region?: string;
  /** AWS only. */
  readonly profile?: string;
  /** Replays a run: same keys, payloads, calls. */
  readonly seed?: string;
  /** Where the history goes (reports). */
  readonly out?: string;
  /** Forbids what is known of the target too. */
  readonly strict?: boolean;
  /** Whose promise is judged, over what the history says. */
  readonly question?: Question;
  /** Over the scenario's own `expect`. */
  readonly expect?: Expectations;
  readonly keep?: boolean;
  readonly provision?: 'cloudformation' | 'api';
  /** Deploys a team's template although it holds more than Kinesis. */
  readonly allowResources?: boolean;
  /** Agrees to what a run on AWS creates. */
  readonly yes?: boolean;
  /** Instead of kinesis-order.config.ts. */
  readonly config?: string;
  /** Ends the run: streams are removed, the history is judged as interrupted. */
  readonly signal?: AbortSignal;
};

export type ScenarioVerdict = {
  readonly verdict: HistoryVerdict['verdict'];
  /** The judgement, claim by claim, with its findings. */
  readonly history: HistoryVerdict;
  /** Of the history file. */
  readonly path: string;
  /** The first line of every report: was the order kept, and were promises broken? */
  readonly headline: string;
  /**
   * Why it does not hold, in the words of `kinesis-order run`, the line that replays it last; undefined when it holds.
   */
  readonly failure: string | undefined;
  /** What no claim speaks of: a stream that was kept, or could not be removed, or is otherwise than asked. */
  readonly notes: readonly string[];
};
