import { join } from 'node:path';
import type { CheckOptions } from '../judging/check-history.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { type ErrorCode, HarnessError, limitHint, messageOf } from '../lib/error.ts';
import { shellWord } from '../lib/shell-word.ts';
import { visible } from '../lib/visible.ts';
import type { Expired } from '../model/expectations.ts';
import type { Slice } from '../model/slice.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import type { ProvisionWay } from '../provision/choose.ts';
import type { Reported, RunInfo } from '../report/reporter.ts';
import { type Progress, type RunOptions, type RunResult, run } from '../run/run.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { causesOf } from '../targets/known-causes.ts';
import type { RunningTarget } from '../targets/target.ts';
import { checkWithHeadroom, type HeadroomMode } from './check-with-headroom.ts';
import { withWitnesses } from './write-witnesses.ts';

export type SuiteOptions = Pick<CheckOptions, 'question' | 'expect' | 'because'> & {
  /** What a baseline does not accept any more. */
  readonly expired?: Expired;
  readonly target: RunningTarget;
  /** The flags with which the command line repeats the run. */
  readonly replayArgs: string;
  readonly folder: string;
  /** The HTML report that is written beside the histories. */
  readonly report?: string;
  readonly run: string;
  readonly keep: boolean;
  readonly strict: boolean;
  readonly headroom?: HeadroomMode;
  /**
   * The folder for the witness of every finding. Without it, the witnesses of violations are written beside the
   * histories.
   */
  readonly witness?: string;
  readonly provision?: ProvisionWay;
  /** Deploys whatever a team's own template holds. */
  readonly allowResources?: boolean;
  /** The slice of the scenarios that this driver runs. */
  readonly slice?: Slice;
  readonly sliceWaitMs?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (scenario: string, progress: Progress) => void;
};

/**
 * The result of one scenario: its verdict (`history`), or the reason why it was not judged. A run that failed or was
 * interrupted may be judged as far as it was recorded.
 */
export type Outcome = Reported & {
  /** For a failed run: the kind of error, which tells who is at fault. */
  readonly code?: ErrorCode;
};

/**
 * Runs and judges one scenario; never rejects. `run`, Vitest and the API all use this function, so a red test and exit
 * code 1 never disagree.
 */
export const runAndJudge = async (loaded: LoadedScenario, options: SuiteOptions, repeat = 0): Promise<Outcome> => {
  const clock = systemClock();
  const { scenario } = loaded;
  const { target, signal } = options;
  const info = {
    ...infoOf(loaded, options),
    target: `${target.engine} ${target.version}`,
    ...(repeat > 0 ? { isRepeated: true } : {}),
  };
  const missing = neededBy(scenario).filter((need) => !isAble(target, need));
  if (missing.length > 0) return skipped(info, `${info.target} has no ${missing.join(', ')}`);
  const durationMs = (): number => Math.round(clock.now() / 1000);
  try {
    const result = await run(runOptions(loaded, options, repeat, clock));
    // If the history cannot be read, the error of the run says why.
    const history = await judged(result.history, options, repeat).catch((thrown: unknown) => {
      throw result.error ?? ofTheDisk(thrown);
    });
    const interrupted = result.reason === 'interrupted' ? { interrupted: 'interrupted' } : {};
    const timed = {
      ...info,
      ...notesOf(result, causesOf(target.engine, target.version, history.findings)),
      durationMs: durationMs(),
      ...interrupted,
    };
    if (result.error === undefined) return { history, run: timed };
    return { history, run: { ...timed, error: wordsOf(result.error) }, code: codeOf(result.error) };
  } catch (thrown) {
    const timed = { ...info, durationMs: durationMs() };
    if (signal.aborted)
      return { history: undefined, run: { ...timed, interrupted: 'interrupted before anything was recorded' } };
    return { history: undefined, run: { ...timed, error: wordsOf(thrown) }, code: codeOf(thrown) };
  }
};

/** The capabilities that a scenario needs. A reader that subscribes needs an engine with enhanced fan-out. */
const neededBy = ({ needs, consumers }: LoadedScenario['scenario']): readonly string[] => {
  const isSubscribing = consumers.some(({ type }) => type === 'subscribeToShard');
  return isSubscribing ? [...new Set([...needs, 'subscribeToShard'])] : needs;
};

/**
 * Turns a usage error into one of the target: a history that this run wrote itself and cannot read is no mistake of
 * the user.
 */
const ofTheDisk = (thrown: unknown): unknown =>
  thrown instanceof HarnessError && thrown.code === 'usage'
    ? new HarnessError('target', thrown.message, {
        cause: thrown,
        ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
      })
    : thrown;

/** The outcome of a scenario that was not begun. */
export const notBegun = (
  loaded: LoadedScenario,
  options: Pick<SuiteOptions, 'replayArgs' | 'report'>,
  thrown: unknown,
): Outcome =>
  thrown instanceof HarnessError && thrown.code === 'interrupted'
    ? { history: undefined, run: { ...infoOf(loaded, options), interrupted: 'interrupted before it began' } }
    : { history: undefined, run: { ...infoOf(loaded, options), error: wordsOf(thrown) }, code: codeOf(thrown) };

/** A skipped scenario is reported with its reason, and is neither a pass nor a failure. */
export const skipped = (info: RunInfo, why: string): Outcome => ({
  history: undefined,
  run: { ...info, skipped: why },
});

export const infoOf = (
  { file, scenario }: LoadedScenario,
  { replayArgs, report }: Pick<SuiteOptions, 'replayArgs' | 'report'>,
): RunInfo => ({
  scenario: scenario.name,
  file,
  why: scenario.why,
  ...(scenario.source === undefined ? {} : { source: scenario.source }),
  tags: scenario.tags,
  seed: scenario.seed,
  ...(report === undefined ? {} : { report }),
  replay: `npx kinesis-order run ${shellWord(file)} --grep '^${scenario.name}$' --seed ${shellWord(scenario.seed)}${replayArgs}`,
});

const ofRound = (folder: string, repeat: number): string =>
  repeat === 0 ? folder : join(folder, `repeat-${repeat + 1}`);

const runOptions = ({ scenario }: LoadedScenario, options: SuiteOptions, repeat: number, clock: Clock): RunOptions => {
  const { target, keep, signal, provision, onProgress, slice, sliceWaitMs } = options;
  return {
    scenario,
    target,
    keep,
    signal,
    clock,
    folder: ofRound(options.folder, repeat),
    // Rounds may run at once, so each has streams with its own names.
    run: repeat === 0 ? options.run : `${options.run}-${repeat + 1}`,
    allowResources: options.allowResources === true,
    ...(provision === undefined ? {} : { provision }),
    ...(slice === undefined ? {} : { slice: inRound(slice, repeat) }),
    ...(sliceWaitMs === undefined ? {} : { sliceWaitMs }),
    ...(onProgress === undefined ? {} : { onProgress: (seen: Progress) => onProgress(scenario.name, seen) }),
  };
};

/** The slice for a round. Each round has its own stream. */
const inRound = (slice: Slice, repeat: number): Slice =>
  repeat === 0 ? slice : { ...slice, group: `${slice.group}-${repeat + 1}` };

/**
 * Judges the history of a run. After an interruption, no time is spent on witnesses: `check --witness` writes them
 * from the history.
 */
const judged = async (path: string, options: SuiteOptions, repeat: number): Promise<HistoryVerdict> => {
  const { strict, question, expect, because, expired, headroom, signal, witness } = options;
  const rules = {
    strict,
    ...(question === undefined ? {} : { question }),
    ...(expect === undefined ? {} : { expect }),
  };
  const history = await checkWithHeadroom(
    path,
    { ...rules, expired, ...(because === undefined ? {} : { because }) },
    headroom,
  );
  if (signal.aborted) return history;
  try {
    const folder = ofRound(witness ?? options.folder, repeat);
    return await withWitnesses(path, history, { ...rules, folder, signal, onlyViolations: witness === undefined });
  } catch (thrown) {
    if (signal.aborted) return history;
    throw thrown;
  }
};

/** Notes that no claim covers: how the stream differs from what was asked, and what is still there. */
const notesOf = ({ findings = [], kept, left }: RunResult, causes: readonly string[]): Pick<RunInfo, 'notes'> => {
  const notes = [
    ...findings,
    ...causes,
    ...(kept === undefined ? [] : [`kept: stream ${kept}; kinesis-order clean removes it`]),
    ...(left === undefined
      ? []
      : [`stream ${left.stream} could not be removed (${left.why}); kinesis-order clean removes it`]),
  ];
  return notes.length === 0 ? {} : { notes };
};

/** The message of an error with its hint, because nothing else prints the hint. */
const wordsOf = (thrown: unknown): string => {
  const todo = limitHint(thrown) ?? (thrown instanceof HarnessError ? thrown.hint : undefined);
  const words = thrown instanceof HarnessError ? thrown.message : visible(messageOf(thrown));
  return todo === undefined ? words : `${words} (${todo})`;
};

/** The kind of an error. The exit code depends on it. */
const codeOf = (thrown: unknown): ErrorCode => (thrown instanceof HarnessError ? thrown.code : 'target');

const isAble = ({ capabilities }: RunningTarget, need: string): boolean =>
  (capabilities as Readonly<Record<string, boolean>>)[need] === true;
