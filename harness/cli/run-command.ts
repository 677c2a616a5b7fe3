import { join, relative } from 'node:path';
import { systemClock } from '../lib/clock.ts';
import { exitCodeOf, HarnessError, messageOf } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { several } from '../lib/several.ts';
import { rateWords } from '../lib/wilson.ts';
import { renderEnd } from '../report/terminal.ts';
import { headroomModeOf } from '../session/headroom-mode.ts';
import { type JudgingFlags, judgingOfFlags } from '../session/judging-flags.ts';
import { planRun, type RunPlan, type RunRequest } from '../session/plan-run.ts';
import { notBegun, type Outcome } from '../session/run-and-judge.ts';
import { tellStale } from '../session/stale-baseline.ts';
import { startPlanned } from '../session/start-planned.ts';
import { type DetectionHow, detectionModeOf, withDetection } from '../session/with-detection.ts';
import type { RunningTarget } from '../targets/target.ts';
import { consents } from './consent.ts';
import { consoleFor, type DetailFlags, detailOf } from './console.ts';
import { noticeOf, sharedBy } from './deadlines.ts';
import { exitCodeOfRun } from './exit-codes.ts';
import { interruption } from './interrupt.ts';
import { assertNoInput, isOutTaken, type Output, parseOutputs } from './output.ts';
import { keepFlag } from './record-flags.ts';
import { runSuite } from './run-suite.ts';
import { whileWaiting } from './ticking.ts';
import { type Where, writeReports } from './write-run-reports.ts';
import { writeSlices } from './write-slices.ts';

/** The flags as commander passes them. */
export type RunFlags = Omit<
  RunRequest,
  'patterns' | 'given' | 'grep' | 'repeat' | 'question' | 'expect' | 'keepReports' | 'shardWait'
> &
  JudgingFlags &
  DetailFlags & {
    readonly grep?: string;
    readonly repeat?: string;
    readonly keepReports?: string;
    readonly untilViolated?: boolean;
    readonly maxFailures?: string;
    readonly workers?: string;
    readonly shardWait?: string;
    readonly headroom?: boolean;
    readonly power?: boolean;
    readonly reporter?: readonly string[];
  };

/**
 * `run`: loads everything first, so that a wrong scenario stops the run before anything is created. Returns the exit
 * code.
 */
export const runCommand = async (patterns: readonly string[], flags: RunFlags): Promise<number> => {
  const {
    grep,
    repeat,
    untilViolated = false,
    maxFailures,
    workers: atOnce,
    shardWait,
    reporter,
    question,
    forbid,
    allow,
    find,
    ignore,
    baseline,
    keepReports: kept,
    quiet,
    verbose,
    ...said
  } = flags;
  const detail = detailOf({ quiet: quiet ?? false, verbose: verbose ?? false });
  const judging = judgingOfFlags({ question, forbid, allow, find, ignore, baseline });
  const selection = {
    ...(patterns.length === 0 ? {} : { patterns }),
    ...(grep === undefined ? {} : { grep: regularExpression(grep) }),
  };
  if (untilViolated) assertBounded(repeat);
  const keepReports = keepFlag(kept);
  const times = {
    ...countIn('repeat', '--repeat', repeat),
    ...(keepReports === undefined ? {} : { keepReports }),
    ...countIn('shardWait', '--shard-wait', shardWait),
  };
  const failuresMax = maxFailures === undefined ? undefined : countOf('--max-failures', maxFailures);
  const workers = atOnce === undefined ? undefined : countOf('--workers', atOnce);
  const given = reporter === undefined ? undefined : parseOutputs(reporter);
  const plan = await planRun({ ...said, ...judging, ...selection, ...times }, consents);
  const outputs = given ?? parseOutputs(plan.config.reporter ?? ['terminal']);
  await assertNoInput(
    outputs.map(({ file }) => file),
    [...plan.loaded.map(({ file }) => file), said.config, baseline],
  );
  const words = consoleFor(isOutTaken(outputs), detail);
  const { signal, dispose } = interruption('`kinesis-order clean` removes what it left on the target');
  const clock = systemClock();
  const report = pageOf(outputs, plan.suite.folder);
  let target: RunningTarget | undefined;
  try {
    const starting = whileWaiting(words, `starting ${plan.choice.name}`, clock.now, startPlanned(plan, signal));
    target = await starting.catch((thrown: unknown) => noTarget(thrown, { plan, outputs, words }));
    if (target === undefined) return exitCodeOf.interrupted;
    const isShown = detail !== 'quiet';
    const atMost = workers ?? plan.config.workers ?? target.workers;
    const used = Math.min(atMost, plan.loaded.length * plan.repeat);
    target = sharedBy(target, used);
    if (isShown)
      words.human(
        `kinesis-order: ${several(plan.loaded.length, 'scenario')} on ${target.engine} ${target.version}, seed ${plan.seed}${noticeOf(target, used)}\n`,
      );
    const judged = await runSuite({
      plan,
      words,
      workers: used,
      maxFailures: failuresMax ?? plan.config.maxFailures ?? Number.POSITIVE_INFINITY,
      untilViolated,
      options: { ...plan.suite, report, target, signal, headroom: headroomModeOf(flags.headroom) },
    });
    const outcomes = await withDetection(judged, {
      ...detectionHow(plan, flags.power, signal),
      onTried: (tried) => words.live(`  detection power: ${several(tried, 'mistake')} tried`),
    });
    tellStale(judging.because, outcomes, print.err);
    await writeReports(outcomes, { plan, outputs, words });
    await writeSlices(outcomes, plan.suite);
    words.human(renderEnd(outcomes, { ...words.style, isHeadroomAsked: flags.headroom === true }));
    if (plan.repeat > 1) words.human(`${rateOf(outcomes)}\n`);
    if (isShown)
      words.human(`histories and reports: ${relative(process.cwd(), plan.suite.folder) || plan.suite.folder}\n`);
    return exitCodeOfRun(outcomes);
  } finally {
    await target?.stop();
    dispose();
  }
};

/** Detection power is measured with the rules by which the run was judged. */
const detectionHow = (
  { suite: { strict, question, expect } }: RunPlan,
  power: boolean | undefined,
  signal: AbortSignal,
): DetectionHow => ({
  strict,
  ...(question === undefined ? {} : { question }),
  ...(expect === undefined ? {} : { expect }),
  mode: detectionModeOf(power),
  clock: systemClock(),
  signal,
});

/** A line on how many of the judged runs violated a claim. */
const rateOf = (outcomes: readonly Outcome[]): string => {
  const judged = outcomes.filter(({ history }) => history !== undefined);
  return rateWords('violated', judged.filter(({ history }) => history?.verdict === 'violated').length, judged.length);
};

/**
 * Reports that there is no engine. The reports name every scenario that was not run, so that none of them looks like
 * an empty pass. Returns undefined after an interruption; throws otherwise.
 */
const noTarget = async (thrown: unknown, where: Where): Promise<undefined> => {
  const isInterrupted = thrown instanceof HarnessError && thrown.code === 'interrupted';
  if (thrown instanceof HarnessError && thrown.code === 'usage') throw thrown;
  const outcomes = where.plan.loaded.map((loaded) => notBegun(loaded, where.plan.suite, thrown));
  await writeReports(outcomes, where);
  if (!isInterrupted) throw thrown;
  where.words.human(renderEnd(outcomes, where.words.style));
  return undefined;
};

/** The path of the HTML report. */
const pageOf = (outputs: readonly Output[], folder: string): string =>
  outputs.find(({ reporter }) => reporter === 'html')?.file ?? join(folder, 'report.html');

const assertBounded = (repeat: string | undefined): void => {
  if (repeat !== undefined) return;
  throw new HarnessError('usage', '--until-violated repeats until a claim is violated: say how often at most', {
    hint: '--repeat 20 --until-violated',
  });
};

const regularExpression = (text: string): RegExp => {
  if (text === '') throw new HarnessError('usage', '--grep: the expression is empty');
  try {
    return new RegExp(text);
  } catch (thrown) {
    throw new HarnessError('usage', `--grep: ${messageOf(thrown)}`);
  }
};

const countIn = (name: 'repeat' | 'shardWait', flag: string, text: string | undefined): Partial<RunRequest> =>
  text === undefined ? {} : { [name]: countOf(flag, text) };

const countOf = (flag: string, text: string): number => {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new HarnessError('usage', `${flag}: expected a whole number from 1, got ${JSON.stringify(text)}`);
};
