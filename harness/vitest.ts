import { afterAll, beforeAll, test } from 'vitest';
import { planRun, type RunSaid } from './cli/plan-run.ts';
import { startPlanned } from './cli/start-planned.ts';
import { failureText } from './report/failure-text.ts';
import { runAndJudge } from './suite.ts';
import type { RunningTarget } from './targets/target.ts';

export type ScenarioTestOptions = Omit<RunSaid, 'given' | 'repeat'> & {
  /** Of one scenario, milliseconds. */
  readonly timeoutMs?: number;
};

/**
 * One Vitest test a scenario, its failure text the verdict: the same functions as `kinesis-order run`, and the same `kinesis-order.config.ts`, so that the two never
 * disagree. Await it at the top of a test file.
 */
export const scenarioTests = async ({ timeoutMs = 120_000, ...said }: ScenarioTestOptions = {}): Promise<void> => {
  const plan = await planRun(said);
  const stop = new AbortController();
  let target: RunningTarget | undefined;
  beforeAll(async () => {
    target = await startPlanned(plan, stop.signal);
  }, timeoutMs);
  afterAll(async () => {
    stop.abort();
    await target?.stop();
  });
  for (const scenario of plan.loaded) {
    test(`${scenario.scenario.name}: ${scenario.scenario.why}`, { timeout: timeoutMs }, async ({ skip }) => {
      if (target === undefined) throw new Error('the target was not started');
      const outcome = await runAndJudge(scenario, { ...plan.suite, target, signal: stop.signal });
      if (outcome.left !== undefined) skip(outcome.left);
      const text = failureText(outcome);
      if (text !== undefined) throw new ScenarioFailure(text);
    });
  }
};

/** Its message is the verdict; where it was thrown says nothing. */
class ScenarioFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ScenarioFailure';
    this.stack = `${this.name}: ${message}`;
  }
}
