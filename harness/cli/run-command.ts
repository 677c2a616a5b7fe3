import { relative } from 'node:path';
import { verdictOf } from '../check-history.ts';
import { exitCodeOf, HarnessError, messageOf } from '../lib/error.ts';
import { exitCodeOfVerdict } from '../model/verdict.ts';
import { renderOne, renderSummary } from '../report/terminal.ts';
import type { Progress } from '../run.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { type Outcome, runAndJudge, type SuiteOptions } from '../suite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Console, consoleFor } from './console.ts';
import { headroomModeOf } from './headroom-mode.ts';
import { interruption } from './interrupt.ts';
import { type Output, parseOutput } from './output.ts';
import { planRun, type RunPlan, type RunSaid } from './plan-run.ts';
import { runAll } from './run-all.ts';
import { startPlanned } from './start-planned.ts';
import { worstCode } from './worst-code.ts';
import { linkLatest, writeBeside, writeOutputs } from './write-report.ts';

/** As commander gives them. */
export type RunFlags = Omit<RunSaid, 'patterns' | 'given' | 'grep' | 'repeat'> & {
  readonly grep?: string;
  readonly repeat?: string;
  readonly maxFailures?: string;
  readonly workers?: string;
  readonly headroom?: boolean;
  readonly reporter?: readonly string[];
};

/** `run`: loads everything first, so that a wrong scenario stops the run before anything is made; then one after the other. Answers the exit code. */
export const runCommand = async (patterns: readonly string[], flags: RunFlags): Promise<number> => {
  const { grep, repeat, maxFailures, workers: atOnce, reporter, ...said } = flags;
  const matching = grep === undefined ? {} : { grep: regularExpression(grep) };
  const times = repeat === undefined ? {} : { repeat: countOf('--repeat', repeat) };
  const failuresMax = maxFailures === undefined ? undefined : countOf('--max-failures', maxFailures);
  const workers = atOnce === undefined ? undefined : countOf('--workers', atOnce);
  const given = reporter?.map(parseOutput);
  const plan = await planRun({ ...said, patterns, ...matching, ...times });
  const outputs = given ?? (plan.config.reporter ?? ['terminal']).map(parseOutput);
  const words = consoleFor(outputs.some(({ reporter: name, file }) => name !== 'terminal' && file === undefined));
  const { signal, dispose } = interruption();
  let target: RunningTarget | undefined;
  try {
    target = await startPlanned(plan, signal);
    words.human(
      `kinesis-order: ${plan.loaded.length} scenarios on ${target.engine} ${target.version}, seed ${plan.seed}\n\n`,
    );
    const headroom = headroomModeOf(flags.headroom);
    const outcomes = await runSuite({
      plan,
      words,
      workers: Math.min(workers ?? plan.config.workers ?? target.workers, plan.loaded.length * plan.repeat),
      maxFailures: failuresMax ?? plan.config.maxFailures ?? Number.POSITIVE_INFINITY,
      options: { ...plan.suite, target, signal, headroom },
    });
    return await report(outcomes, outputs, plan.suite.folder, words);
  } catch (thrown) {
    if (signal.aborted) return exitCodeOf.interrupted;
    throw thrown;
  } finally {
    await target?.stop();
    dispose();
  }
};

type Suite = {
  readonly plan: RunPlan;
  readonly words: Console;
  readonly workers: number;
  readonly maxFailures: number;
  readonly options: SuiteOptions;
};

const runSuite = ({ plan, words, workers, maxFailures, options }: Suite): Promise<readonly Outcome[]> => {
  const onProgress =
    words.live === undefined
      ? {}
      : { onProgress: (name: string, progress: Progress) => words.live?.(progressLine(name, progress)) };
  const told = { ...options, ...onProgress, target: sharedBy(options.target, workers) };
  const rounds = Array.from({ length: plan.repeat }, (_, round) => round);
  const jobs = rounds.flatMap((round) =>
    plan.loaded.map((loaded) => ({
      start: () => runAndJudge(withSeed(loaded, round), told, round),
      alone: loaded.scenario.stream.existing,
    })),
  );
  return runAll(jobs, {
    workers,
    maxFailures,
    signal: options.signal,
    isFailure: (outcome) => exitCodeOfOutcome(outcome) !== 0,
    onOutcome: (outcome) => words.human(renderOne(outcome, words.color)),
  });
};

/** Who shares an engine waits longer for it: deadlines scale, the work never does. */
const sharedBy = (target: RunningTarget, workers: number): RunningTarget => ({
  ...target,
  slowness: target.slowness * workers,
});

/** Each repetition has a seed of its own, told in its replay line: the same calls again would find the same again. */
const withSeed = (loaded: LoadedScenario, round: number): LoadedScenario =>
  round === 0 ? loaded : { ...loaded, scenario: { ...loaded.scenario, seed: `${loaded.scenario.seed}.${round}` } };

const progressLine = (name: string, { phase, acked, planned, read }: Progress): string =>
  `  ${name}: ${phase}${planned > 0 ? ` ${acked}/${planned} acknowledged, ${read} read` : ''}`;

const report = async (
  outcomes: readonly Outcome[],
  outputs: readonly Output[],
  folder: string,
  words: Console,
): Promise<number> => {
  const verdict = verdictOf(
    outcomes.flatMap(({ history }) => (history === undefined ? [] : [history])),
    outcomes.flatMap(({ history, left, run: { scenario, error } }) =>
      history !== undefined || left !== undefined ? [] : [{ path: scenario, error: error ?? 'it was not run' }],
    ),
  );
  if (outcomes.some(({ history }) => history !== undefined)) {
    await writeBeside(folder, verdict, outcomes);
    await linkLatest(folder);
  }
  await writeOutputs(outputs, verdict, outcomes, words);
  words.human(renderSummary(verdict, outcomes, words.color));
  words.human(`histories and reports: ${relative(process.cwd(), folder) || folder}\n`);
  return worstCode(outcomes.map(exitCodeOfOutcome));
};

const exitCodeOfOutcome = ({ history, failed, code, interrupted, left }: Outcome): number => {
  if (interrupted) return exitCodeOf.interrupted;
  if (failed) return exitCodeOf[code ?? 'target'];
  if (left !== undefined) return 0;
  return history === undefined ? exitCodeOf.target : exitCodeOfVerdict[history.verdict];
};

const regularExpression = (text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch (thrown) {
    throw new HarnessError('usage', `--grep: ${messageOf(thrown)}`);
  }
};

const countOf = (flag: string, text: string): number => {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new HarnessError('usage', `${flag}: expected a whole number from 1, got ${JSON.stringify(text)}`);
};
