import { join } from 'node:path';
import { checkWithHeadroom, type HeadroomMode } from './check-with-headroom.ts';
import { systemClock } from './lib/clock.ts';
import { type ErrorCode, HarnessError, messageOf } from './lib/error.ts';
import { shellWord } from './lib/shell-word.ts';
import type { HistoryVerdict } from './model/verdict.ts';
import type { ProvisionWay } from './provision/choose.ts';
import type { Reported, RunInfo } from './report/reporter.ts';
import { type Progress, type RunResult, run } from './run.ts';
import type { LoadedScenario } from './scenario/load.ts';
import type { RunningTarget } from './targets/target.ts';
import { withWitnesses } from './write-witnesses.ts';

export type SuiteOptions = {
  readonly target: RunningTarget;
  /** The flags with which the command line does the same again. */
  readonly replayArgs: string;
  readonly folder: string;
  readonly run: string;
  readonly keep: boolean;
  readonly strict: boolean;
  readonly headroom?: HeadroomMode;
  readonly provision?: ProvisionWay;
  /** Deploys whatever a team's own template holds. */
  readonly allowResources?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (scenario: string, progress: Progress) => void;
};

export type Outcome = Reported & {
  readonly failed: boolean;
  readonly code?: ErrorCode;
  readonly interrupted: boolean;
  readonly left?: string;
};

/** One scenario run and judged: what `run`, Vitest and whoever uses the API have in common, so that a red test and exit code 1 can never disagree. */
export const runAndJudge = async (
  { file, scenario }: LoadedScenario,
  options: SuiteOptions,
  repeat = 0,
): Promise<Outcome> => {
  const clock = systemClock();
  const seed = scenario.seed;
  const info: RunInfo = {
    scenario: scenario.name,
    why: scenario.why,
    ...(scenario.source === undefined ? {} : { source: scenario.source }),
    tags: scenario.tags,
    seed,
    target: `${options.target.engine} ${options.target.version}`,
    replay: `npx kinesis-order run ${shellWord(file)} --grep '^${scenario.name}$' --seed ${shellWord(seed)}${options.replayArgs}`,
  };
  const missing = scenario.needs.filter((need) => !isAble(options.target, need));
  if (missing.length > 0) return leftOut(info, missing, options.target);
  const folder = repeat === 0 ? options.folder : join(options.folder, `repeat-${repeat + 1}`);
  try {
    const { target, keep, signal, onProgress, provision } = options;
    // Rounds may be under way together: each has streams of its own name.
    const id = repeat === 0 ? options.run : `${options.run}-${repeat + 1}`;
    const how = { ...(provision === undefined ? {} : { provision }), allowResources: options.allowResources === true };
    const progress =
      onProgress === undefined ? {} : { onProgress: (seen: Progress) => onProgress(scenario.name, seen) };
    const result = await run({ scenario, target, run: id, keep, signal, folder, clock, ...how, ...progress });
    const { strict, headroom } = options;
    const judged: HistoryVerdict = await checkWithHeadroom(result.history, { strict }, headroom);
    const history = await withWitnesses(result.history, judged, { folder, strict, signal, onlyViolations: true });
    const timed = { ...info, ...notesOf(result), durationMs: Math.round(clock.now() / 1000) };
    const outcome = { history, ...failureOf(result.error), interrupted: result.reason === 'interrupted' };
    return { ...outcome, run: result.error === undefined ? timed : { ...timed, error: wordsOf(result.error) } };
  } catch (thrown) {
    const timed = { ...info, durationMs: Math.round(clock.now() / 1000), error: wordsOf(thrown) };
    const { aborted } = options.signal;
    return { history: undefined, run: timed, ...failureOf(aborted ? undefined : thrown), interrupted: aborted };
  }
};

/** What a reader of the report must know and no claim says: what the stream is otherwise than asked, and whatever is still there. */
const notesOf = ({ findings = [], kept, left }: RunResult): Pick<RunInfo, 'notes'> => {
  const notes = [
    ...findings,
    ...(kept === undefined ? [] : [`kept: stream ${kept}; kinesis-order clean removes it`]),
    ...(left === undefined
      ? []
      : [`stream ${left.stream} could not be removed (${left.why}); kinesis-order clean removes it`]),
  ];
  return notes.length === 0 ? {} : { notes };
};

/** With the hint: nobody else prints it. */
const wordsOf = (thrown: unknown): string =>
  thrown instanceof HarnessError && thrown.hint !== undefined
    ? `${thrown.message} (${thrown.hint})`
    : messageOf(thrown);

/** Whose fault it is decides the exit code. */
const failureOf = (thrown: unknown): Pick<Outcome, 'failed' | 'code'> => {
  if (thrown === undefined) return { failed: false };
  return { failed: true, code: thrown instanceof HarnessError ? thrown.code : 'target' };
};

const isAble = ({ capabilities }: RunningTarget, need: string): boolean =>
  (capabilities as Readonly<Record<string, boolean>>)[need] === true;

/** Not skipped in silence: said with the reason, and neither a pass nor a failure. */
const leftOut = (info: RunInfo, missing: readonly string[], { engine, version }: RunningTarget): Outcome => {
  const left = `${engine} ${version} has no ${missing.join(', ')}`;
  return { history: undefined, run: { ...info, leftOut: left }, failed: false, interrupted: false, left };
};
