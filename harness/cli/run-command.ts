import { join, relative } from 'node:path';
import { vocabulary } from '../catalog.ts';
import { verdictOf } from '../check-history.ts';
import { systemClock } from '../lib/clock.ts';
import { exitCodeOf, HarnessError, messageOf } from '../lib/error.ts';
import { freshRunId, freshSeed } from '../lib/random.ts';
import { exitCodeOfVerdict } from '../model/verdict.ts';
import { type ProvisionWay, provisionWays } from '../provision/choose.ts';
import { reporters } from '../report/registry.ts';
import { renderOne, renderSummary } from '../report/terminal.ts';
import { assertDared } from '../run/stream-of.ts';
import type { Progress } from '../run.ts';
import { type LoadedScenario, loadScenarios } from '../scenario/load.ts';
import { type Outcome, runAndJudge } from '../suite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { assertConsent, awsPlan } from './aws-plan.ts';
import { type Console, consoleFor } from './console.ts';
import { headroomModeOf } from './headroom-mode.ts';
import { interruption } from './interrupt.ts';
import { type Config, loadConfig, type Output, parseOutput } from './settings.ts';
import { startTarget, type TargetFlags, targetArgsOf } from './start-target.ts';
import { assertWritable, linkLatest, writeFileSafely, writeOutputs } from './write-report.ts';

export type RunFlags = TargetFlags & {
  readonly grep?: string;
  readonly seed?: string;
  readonly repeat?: string;
  readonly maxFailures?: string;
  readonly keep?: boolean;
  readonly yes?: boolean;
  readonly provision?: string;
  readonly allowResources?: boolean;
  readonly strict?: boolean;
  readonly headroom?: boolean;
  readonly reporter?: readonly string[];
  readonly out?: string;
  readonly config?: string;
};

/** `run`: loads everything first, so that a wrong scenario stops the run before anything is made; then one after the other. Answers the exit code. */
export const runCommand = async (patterns: readonly string[], flags: RunFlags): Promise<number> => {
  const cwd = process.cwd();
  const config = await loadConfig(cwd, flags.config);
  const outputs = (flags.reporter ?? config.reporter ?? ['terminal']).map(parseOutput);
  const seed = flags.seed ?? config.seed ?? freshSeed();
  const grep = flags.grep === undefined ? {} : { grep: regularExpression(flags.grep) };
  const wanted = patterns.length > 0 ? patterns : (config.scenarios ?? []);
  const loaded = await loadScenarios({ patterns: wanted, cwd, vocabulary, seed, ...grep });
  for (const { scenario } of loaded) assertDared(scenario, flags.allowResources === true);
  const repeat = countOf('--repeat', flags.repeat) ?? config.repeat ?? 1;
  const maxFailures = countOf('--max-failures', flags.maxFailures) ?? config.maxFailures ?? Number.POSITIVE_INFINITY;
  if ((flags.target ?? config.target) === 'aws') await assertConsent(awsPlan(loaded, repeat), flags.yes === true);
  const out = flags.out ?? config.out ?? 'reports';
  await assertWritable(out);
  const words = consoleFor(outputs.some(({ reporter, file }) => reporter !== 'terminal' && file === undefined));
  const { signal, dispose } = interruption();
  const run = `r-${freshRunId(systemClock().wallMs())}`;
  const folder = join(out, run);
  let target: RunningTarget | undefined;
  try {
    target = await startTarget(flags, config, signal);
    assertWay(flags.provision, target);
    words.human(`kinesis-order: ${loaded.length} scenarios on ${target.engine} ${target.version}, seed ${seed}\n\n`);
    const outcomes = await runAll({ loaded, target, folder, run, signal, flags, config, words, repeat, maxFailures });
    return await report(outcomes, outputs, folder, words);
  } catch (thrown) {
    if (signal.aborted) return exitCodeOf.interrupted;
    throw thrown;
  } finally {
    await target?.stop();
    dispose();
  }
};

type All = {
  readonly loaded: readonly LoadedScenario[];
  readonly target: RunningTarget;
  readonly folder: string;
  readonly run: string;
  readonly signal: AbortSignal;
  readonly flags: RunFlags;
  readonly config: Config;
  readonly words: Console;
  readonly repeat: number;
  readonly maxFailures: number;
};

const runAll = async ({
  loaded,
  flags,
  config,
  words,
  repeat,
  maxFailures,
  ...rest
}: All): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  let failures = 0;
  const onProgress =
    words.live === undefined
      ? {}
      : { onProgress: (name: string, progress: Progress) => words.live?.(progressLine(name, progress)) };
  const options = {
    ...rest,
    ...onProgress,
    targetArgs: targetArgsOf(flags),
    keep: flags.keep ?? config.keep ?? false,
    ...provisionOf(flags.provision),
    allowResources: flags.allowResources ?? false,
    strict: flags.strict ?? config.strict ?? false,
    headroom: headroomModeOf(flags.headroom),
  };
  for (let round = 0; round < repeat; round += 1) {
    for (const scenario of loaded) {
      if (rest.signal.aborted || failures >= maxFailures) return outcomes;
      const outcome = await runAndJudge(withSeed(scenario, round), options, round);
      outcomes.push(outcome);
      words.human(renderOne(outcome, words.color));
      if (exitCodeOfOutcome(outcome) !== 0) failures += 1;
    }
  }
  return outcomes;
};

/** Asked once, not by each scenario. */
const assertWay = (said: string | undefined, { engine, version, capabilities }: RunningTarget): void => {
  if (said !== 'cloudformation' || capabilities.cloudformation) return;
  throw new HarnessError('usage', `--provision cloudformation: ${engine} ${version} has no CloudFormation`, {
    hint: 'use --provision api, or a target that has it: localstack, moto, ministack, aws',
  });
};

const provisionOf = (said: string | undefined): { readonly provision?: ProvisionWay } => {
  if (said === undefined) return {};
  const provision = provisionWays.find((way) => way === said);
  if (provision !== undefined) return { provision };
  throw new HarnessError('usage', `--provision: there is no way ${JSON.stringify(said)}`, {
    hint: `possible: ${provisionWays.join(', ')}`,
  });
};

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
  const verdict = verdictOf(outcomes.flatMap(({ history }) => (history === undefined ? [] : [history])));
  if (outcomes.some(({ history }) => history !== undefined)) {
    for (const name of ['json', 'junit', 'markdown'] as const) {
      const { fileName, render } = reporters[name];
      await writeFileSafely(join(folder, fileName), render(verdict, outcomes, { color: false }));
    }
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

/** Interrupted, usage, target, violated, inconclusive: the worst says what to look at first. */
export const worstCode = (codes: readonly number[]): number =>
  [130, 2, 3, 1, 4].find((code) => codes.includes(code)) ?? 0;

const regularExpression = (text: string): RegExp => {
  try {
    return new RegExp(text);
  } catch (thrown) {
    throw new HarnessError('usage', `--grep: ${messageOf(thrown)}`);
  }
};

const countOf = (flag: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new HarnessError('usage', `${flag}: expected a whole number from 1, got ${JSON.stringify(text)}`);
};
