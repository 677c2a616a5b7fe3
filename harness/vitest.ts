import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { vocabulary } from './catalog.ts';
import { startTarget, type TargetFlags } from './cli/start-target.ts';
import { assertWritable } from './cli/write-report.ts';
import { systemClock } from './lib/clock.ts';
import { freshRunId, freshSeed } from './lib/random.ts';
import { failureText } from './report/failure-text.ts';
import { loadScenarios } from './scenario/load.ts';
import { runAndJudge } from './suite.ts';
import type { RunningTarget } from './targets/target.ts';

export type ScenarioTestOptions = TargetFlags & {
  /** As on the command line; all scenarios of the folder by default. */
  readonly patterns?: readonly string[];
  readonly grep?: RegExp;
  readonly seed?: string;
  readonly out?: string;
  readonly strict?: boolean;
  /** Of one scenario, milliseconds. */
  readonly timeoutMs?: number;
};

/** One Vitest test a scenario, its failure text the verdict: the same function as `kinesis-order run`, so that the two never disagree. Await it at the top of a test file. */
export const scenarioTests = async (options: ScenarioTestOptions = {}): Promise<void> => {
  const { patterns = [], seed = freshSeed(), timeoutMs = 120_000 } = options;
  const grep = options.grep === undefined ? {} : { grep: options.grep };
  const loaded = await loadScenarios({ patterns, cwd: process.cwd(), vocabulary, seed, ...grep });
  const run = `r-${freshRunId(systemClock().wallMs())}`;
  const stop = new AbortController();
  const out = options.out ?? 'reports';
  await assertWritable(out);
  let target: RunningTarget | undefined;
  beforeAll(async () => {
    target = await startTarget(options, {}, stop.signal);
  }, timeoutMs);
  afterAll(async () => {
    stop.abort();
    await target?.stop();
  });
  for (const scenario of loaded) {
    test(`${scenario.scenario.name}: ${scenario.scenario.why}`, { timeout: timeoutMs }, async ({ skip }) => {
      if (target === undefined) throw new Error('the target was not started');
      const folder = join(out, run);
      const outcome = await runAndJudge(scenario, {
        target,
        targetArgs: '',
        folder,
        run,
        keep: false,
        strict: options.strict ?? false,
        signal: stop.signal,
      });
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
