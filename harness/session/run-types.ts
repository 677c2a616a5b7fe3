import type { Expectations, Question } from '../model/expectations.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

/**
 * The flags of the command line. Defaults come from `kinesis-order.config.ts`, then from the environment; for the
 * endpoint, the environment comes first.
 */
export type RunScenarioOptions = {
  /** The engine. Default `kinesis-local`. */
  readonly target?: string;
  /** URL of an engine that is already running. */
  readonly endpoint?: string;
  /** Another version of the engine than the bundled one. */
  readonly engineVersion?: string;
  /** AWS region. Default: AWS_REGION, else the region of the profile; `us-east-1` on emulators. */
  readonly region?: string;
  /** AWS only: the profile with credentials and region. */
  readonly profile?: string;
  /** The seed. The same seed repeats a run: same keys, payloads, calls. Default: a new seed. */
  readonly seed?: string;
  /** Folder for the history and the reports. Default `reports`. */
  readonly out?: string;
  /** Also forbids the known deviations of the target. */
  readonly strict?: boolean;
  /** `service`: what AWS documents. `pipeline`: the order of each key. Overrides the history. */
  readonly question?: Question;
  /** Overrides the `expect` of the scenario. */
  readonly expect?: Expectations;
  /** Keeps the streams. */
  readonly keep?: boolean;
  /** How streams are created. Default: CloudFormation if the target supports it. */
  readonly provision?: 'cloudformation' | 'api';
  /** Deploys a template of yours even if it has other resources than streams. */
  readonly allowResources?: boolean;
  /** Confirms what a run on AWS creates. */
  readonly yes?: boolean;
  /** Path of the configuration. Default `kinesis-order.config.ts`. */
  readonly config?: string;
  /** Ends the run: streams are deleted, and the history is judged as interrupted. */
  readonly signal?: AbortSignal;
};

export type ScenarioVerdict = {
  readonly verdict: HistoryVerdict['verdict'];
  /** The verdict on each claim, with its findings. */
  readonly history: HistoryVerdict;
  /** Path of the history file. */
  readonly path: string;
  /** The first line of every report. It says if the order was kept, and if promises were broken. */
  readonly headline: string;
  /**
   * Why the verdict is not `holds`, as `kinesis-order run` prints it, with the replay line at the end. undefined if it
   * holds.
   */
  readonly failure: string | undefined;
  /** Notes that no claim covers: a stream that was kept, could not be deleted, or differs from the requested one. */
  readonly notes: readonly string[];
};
