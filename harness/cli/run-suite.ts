import { systemClock } from '../lib/clock.ts';
import { several } from '../lib/several.ts';
import { interruptedBy } from '../lib/unless-interrupted.ts';
import { columnsOf } from '../report/terminal/columns.ts';
import { renderOne } from '../report/terminal/render-one.ts';
import type { Drawings } from '../report/terminal/violation-lines.ts';
import type { Progress } from '../run/run.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { RunPlan } from '../session/plan-run.ts';
import { infoOf, notBegun, type Outcome, runAndJudge, type SuiteOptions, skipped } from '../session/run-and-judge.ts';
import type { Console } from './console.ts';
import { drawnFindings } from './drawn-findings.ts';
import { exitCodeOfOutcome } from './exit-codes.ts';
import { runAll } from './run-all.ts';
import { RunProgress } from './run-progress.ts';
import { ticking } from './ticking.ts';

export type Suite = {
  readonly plan: RunPlan;
  readonly words: Console;
  readonly workers: number;
  readonly maxFailures: number;
  /** True: no further scenario begins after one that violates a claim. */
  readonly untilViolated: boolean;
  readonly options: SuiteOptions;
};

/**
 * Runs all scenarios of all rounds, and reports each when it is done. Returns an outcome for every one; one that was
 * not begun has its reason.
 */
export const runSuite = async (suite: Suite): Promise<readonly Outcome[]> => {
  const { plan, words, workers, untilViolated, options } = suite;
  const maxFailures = untilViolated ? 1 : suite.maxFailures;
  const rounds = Array.from({ length: plan.repeat }, (_, round) => round);
  const all = rounds.flatMap((round) => plan.loaded.map((loaded) => ({ loaded: withSeed(loaded, round), round })));
  const progress = new RunProgress(all.length, systemClock().now);
  const told = {
    ...options,
    onProgress: (name: string, seen: Progress) => progress.see(name, seen),
  };
  const drawings = new Map<Outcome, Drawings>();
  const jobs = all.map(({ loaded, round }) => ({
    start: async () => {
      const outcome = await runAndJudge(loaded, told, round);
      if (outcome.history !== undefined) drawings.set(outcome, await drawnFindings(outcome.history, words.style));
      progress.end(loaded.scenario.name);
      return outcome;
    },
    alone: loaded.scenario.stream.existing,
  }));
  const style = { ...words.style, ...columnsOf(all.map(({ loaded }) => loaded.scenario.name)) };
  const stop = ticking(words, () => progress.text);
  try {
    const outcomes = await runAll(jobs, {
      workers,
      maxFailures,
      signal: options.signal,
      isFailure: (outcome) =>
        untilViolated
          ? outcome.history?.verdict === 'violated'
          : outcome.run.skipped === undefined && exitCodeOfOutcome(outcome) !== 0,
      onOutcome: (outcome) => words.human(renderOne(outcome, style, drawings.get(outcome))),
    });
    const after = `${several(maxFailures, 'failure')} (${untilViolated ? '--until-violated' : '--max-failures'})`;
    return all.map(({ loaded }, index) => outcomes[index] ?? leftOver(loaded, options, after));
  } finally {
    stop();
  }
};

/** The outcome of a scenario that was not begun, because the run was interrupted, or enough scenarios failed. */
const leftOver = (loaded: LoadedScenario, options: SuiteOptions, after: string): Outcome =>
  options.signal.aborted
    ? notBegun(loaded, options, interruptedBy(options.signal))
    : skipped(infoOf(loaded, options), `not run after ${after}`);

/** Gives each repetition its own seed, which its replay line names. The same seed would only find the same again. */
const withSeed = (loaded: LoadedScenario, round: number): LoadedScenario =>
  round === 0 ? loaded : { ...loaded, scenario: { ...loaded.scenario, seed: `${loaded.scenario.seed}.${round}` } };
