import { resolve } from 'node:path';
import { assertOptions, type OptionNames } from '../lib/assert-options.ts';
import { type ErrorCode, HarnessError } from '../lib/error.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { failureText } from '../report/failure-text.ts';
import { headlineText } from '../report/headline.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { ScenarioInput } from './define-scenario.ts';
import { planRun, type RunPlan } from './plan-run.ts';
import { type Outcome, runAndJudge } from './run-and-judge.ts';
import type { RunScenarioOptions, ScenarioVerdict } from './run-types.ts';
import { startPlanned } from './start-planned.ts';

/** Implements the package's `run`: plans, runs and judges as the command line does. */
export const runOnce = async (
  scenario: ScenarioInput | string,
  given: RunScenarioOptions,
): Promise<ScenarioVerdict> => {
  assertOptions<RunScenarioOptions>('run', given, optionNames);
  const { signal = new AbortController().signal, ...options } = given;
  const what = typeof scenario === 'string' ? { patterns: [scenario] } : { given: scenario };
  const plan = await planRun({ ...options, ...what });
  const only = onlyOne(plan, scenario);
  // A scenario without a file is written beside its history, so that the replay line has a file to name.
  if (typeof scenario !== 'string') await writeWhole(only.file, `${JSON.stringify(portable(scenario), null, 2)}\n`);
  const target = await startPlanned(plan, signal);
  try {
    return verdictOf(await runAndJudge(only, { ...plan.suite, target, signal }));
  } finally {
    await target.stop();
  }
};

const optionNames: OptionNames<Required<RunScenarioOptions>> = {
  target: true,
  endpoint: true,
  engineVersion: true,
  region: true,
  profile: true,
  seed: true,
  out: true,
  strict: true,
  question: true,
  expect: true,
  keep: true,
  provision: true,
  allowResources: true,
  yes: true,
  config: true,
  signal: true,
};

/**
 * Makes the path of a template absolute, because it is relative to the working directory here, and to the scenario's
 * folder in a file.
 */
const portable = (scenario: ScenarioInput): ScenarioInput => {
  const { stream } = scenario;
  if (stream === undefined || !('template' in stream)) return scenario;
  return { ...scenario, stream: { ...stream, template: { ...stream.template, file: resolve(stream.template.file) } } };
};

const onlyOne = ({ loaded }: RunPlan, scenario: ScenarioInput | string): LoadedScenario => {
  const [only, ...more] = loaded;
  if (only !== undefined && more.length === 0) return only;
  throw new HarnessError('usage', `run takes one scenario; ${JSON.stringify(scenario)} names ${loaded.length}`, {
    hint: `say which: ${loaded.map((one) => one.scenario.name).join(', ')}`,
  });
};

/** `unknown` if the target lacks a capability: nothing was judged, as on the command line. */
const errorCodeOf = (run: Outcome['run'], code: ErrorCode = 'target'): ErrorCode => {
  if (run.interrupted !== undefined) return 'interrupted';
  return run.skipped === undefined ? code : 'unknown';
};

const verdictOf = (outcome: Outcome): ScenarioVerdict => {
  const { history, run, code } = outcome;
  if (history === undefined) throw new HarnessError(errorCodeOf(run, code), headlineText(outcome));
  return {
    verdict: history.verdict,
    history,
    path: history.path,
    headline: headlineText(outcome),
    failure: failureText(outcome),
    notes: run.notes ?? [],
  };
};
