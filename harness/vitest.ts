import { afterAll, beforeAll, test } from 'vitest';
import { assertOptions, type OptionNames } from './lib/assert-options.ts';
import { several } from './lib/several.ts';
import { failureText } from './report/failure-text.ts';
import { headlineText, markOf } from './report/headline.ts';
import { isExpected } from './report/order-words.ts';
import { planRun, type RunRequest } from './session/plan-run.ts';
import { type Outcome, runAndJudge } from './session/run-and-judge.ts';
import { startPlanned } from './session/start-planned.ts';
import type { RunningTarget } from './targets/target.ts';

export type ScenarioTestOptions = Omit<RunRequest, 'given' | 'repeat'> & {
  /** Timeout of one scenario, in milliseconds. Default 120000. */
  readonly timeoutMs?: number;
};

/**
 * Defines one Vitest test for each scenario; its failure text is the verdict. It uses the same functions and the same
 * `kinesis-order.config.ts` as `kinesis-order run`, so both always agree. Await it at the top of a test file.
 */
export const scenarioTests = async (options: ScenarioTestOptions = {}): Promise<void> => {
  assertOptions<ScenarioTestOptions>('scenarioTests', options, optionNames);
  const { timeoutMs = 120_000, ...said } = options;
  const plan = await planRun(said);
  const stop = new AbortController();
  let target: RunningTarget | undefined;
  const skipped: string[] = [];
  let judged = 0;
  beforeAll(async () => {
    target = await startPlanned(plan, stop.signal);
  }, timeoutMs);
  afterAll(async () => {
    stop.abort();
    await target?.stop();
    // If all tests were skipped, Vitest is green although nothing was proved. So this fails.
    if (judged === 0 && skipped.length > 0)
      throw new ScenarioFailure(`nothing was judged: ${several(skipped.length, 'scenario')} skipped: ${skipped[0]}`);
  });
  for (const scenario of plan.loaded) {
    test(`${scenario.scenario.name}: ${scenario.scenario.why}`, { timeout: timeoutMs }, async ({ skip }) => {
      if (target === undefined) throw new Error('the target was not started');
      const outcome = await runAndJudge(scenario, { ...plan.suite, target, signal: stop.signal });
      if (outcome.run.skipped !== undefined) {
        skipped.push(outcome.run.skipped);
        skip(outcome.run.skipped);
      }
      judged += 1;
      const text = failureText(outcome);
      if (text !== undefined) throw new ScenarioFailure(text);
      // A test that passes although the order is broken prints a warning.
      if (isUnexpected(outcome)) console.warn(headlineText(outcome));
    });
  }
};

const optionNames: OptionNames<Required<ScenarioTestOptions>> = {
  target: true,
  endpoint: true,
  engineVersion: true,
  region: true,
  profile: true,
  question: true,
  expect: true,
  because: true,
  expired: true,
  patterns: true,
  grep: true,
  seed: true,
  keep: true,
  yes: true,
  provision: true,
  allowResources: true,
  strict: true,
  witness: true,
  out: true,
  keepReports: true,
  config: true,
  shard: true,
  group: true,
  shardWait: true,
  timeoutMs: true,
};

/** True if promises hold although the order is broken, and the scenario does not expect that. */
const isUnexpected = (outcome: Outcome): boolean =>
  markOf(outcome) === 'unordered' && outcome.history !== undefined && !isExpected(outcome.history);

/** The error of a failed test. Its message is the verdict. Its stack is removed, because it says nothing. */
class ScenarioFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScenarioFailure';
    this.stack = `${this.name}: ${message}`;
  }
}
