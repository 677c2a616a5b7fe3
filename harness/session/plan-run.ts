import { join } from 'node:path';
import { assertWritable } from '../lib/assert-writable.ts';
import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import { freshSeed } from '../lib/random.ts';
import { freshRunName } from '../lib/run-name.ts';
import { shellWord } from '../lib/shell-word.ts';
import { type ProvisionWay, provisionWays } from '../provision/choose.ts';
import { assertSliceable } from '../run/sliced.ts';
import { assertResourcesAllowed } from '../run/stream-of.ts';
import { type LoadedScenario, loadScenarios } from '../scenario/load.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import { assertConsent, awsPlan, type Consents, unattended } from './aws-plan.ts';
import { vocabulary } from './catalog.ts';
import type { ScenarioInput } from './define-scenario.ts';
import { checkedJudging, type Judging, judgingArgsOf, mergedJudging } from './judging-flags.ts';
import { keepReportsDefault } from './keep-reports.ts';
import type { SuiteOptions } from './run-and-judge.ts';
import { type Config, loadConfig } from './settings.ts';
import { sliceOf } from './shard-flag.ts';
import { chooseTarget, type TargetChoice, type TargetFlags, targetArgsOf } from './target-choice.ts';

/** The options of a run at any front door: the command line, `run` and `scenarioTests`. */
export type RunRequest = TargetFlags &
  Judging & {
    /** Default: the scenarios of the configuration, else all in the folder `scenarios`. */
    readonly patterns?: readonly string[];
    /** Instead of patterns: the scenario itself. */
    readonly given?: ScenarioInput;
    readonly grep?: RegExp;
    readonly seed?: string;
    readonly repeat?: number;
    readonly keep?: boolean;
    /** Confirms what a run on AWS creates. */
    readonly yes?: boolean;
    readonly provision?: string;
    /** Deploys a team's template even if it has more than streams. */
    readonly allowResources?: boolean;
    readonly strict?: boolean;
    /** The folder for the witness of every finding. */
    readonly witness?: string;
    readonly out?: string;
    /** How many runs are kept in `out`; default 20. */
    readonly keepReports?: number;
    readonly config?: string;
    /** The slice of this driver: `i/n`, `auto` or `auto/n`. */
    readonly shard?: string;
    /** The name that all slices of a run share. */
    readonly group?: string;
    /** How long a slice waits for the others, seconds. */
    readonly shardWait?: number;
  };

export type RunPlan = {
  readonly config: Config;
  readonly choice: TargetChoice;
  readonly loaded: readonly LoadedScenario[];
  readonly seed: string;
  readonly repeat: number;
  readonly keepReports: number;
  readonly suite: Omit<SuiteOptions, 'target' | 'signal' | 'headroom' | 'onProgress'>;
};

/**
 * Plans a run, and finds every mistake that can be found before an engine is started: in flags, configuration,
 * scenarios, consent and folder. The messages are the same at each front door. Only the command line can ask a person;
 * it does so with `consents`. Rejects with HarnessError('usage').
 */
export const planRun = async (said: RunRequest, consents: Consents = unattended): Promise<RunPlan> => {
  const config = await loadConfig(process.cwd(), said.config);
  const choice = chooseTarget(said, config);
  const sliced = sliceIn(said);
  const seed = said.seed ?? config.seed ?? sliced.slice?.group ?? freshSeed();
  const repeat = said.repeat ?? config.repeat ?? 1;
  const keep = said.keep ?? config.keep ?? false;
  const provision = provisionOf(said.provision);
  const strict = said.strict ?? config.strict ?? false;
  const asked = mergedJudging(judgingIn(config), checkedJudging(said));
  const out = said.out ?? config.out ?? 'reports';
  const run = freshRunName(systemClock().wallMs());
  const folder = join(out, run);
  const loaded = await load(said, config, seed, folder);
  const allowResources = said.allowResources ?? false;
  for (const { scenario } of loaded) assertResourcesAllowed(scenario, allowResources);
  if (sliced.slice !== undefined) assertSlices(sliced.slice.count, choice, loaded);
  if (choice.name === 'aws')
    await assertConsent(awsPlan(loaded, { repeat, keep, region: choice.region }), said.yes === true, consents);
  await assertWritable(out);
  const suite = {
    folder,
    run,
    keep,
    strict,
    ...asked,
    ...(said.witness === undefined ? {} : { witness: said.witness }),
    allowResources,
    ...(provision === undefined ? {} : { provision }),
    ...sliced,
    replayArgs: replayArgsOf(said, choice, `${strict ? ' --strict' : ''}${judgingArgsOf(asked)}`),
  };
  const keepReports = said.keepReports ?? config.keepReports ?? keepReportsDefault;
  return { config, choice, loaded, seed, repeat, keepReports, suite };
};

const sliceIn = ({ shard, group, shardWait }: RunRequest): Pick<SuiteOptions, 'slice' | 'sliceWaitMs'> => {
  if (shard !== undefined)
    return {
      slice: sliceOf(shard, group, process.env),
      ...(shardWait === undefined ? {} : { sliceWaitMs: shardWait * 1000 }),
    };
  const alone = group !== undefined ? '--group' : shardWait !== undefined ? '--shard-wait' : undefined;
  if (alone === undefined) return {};
  throw new HarnessError('usage', `${alone}: only the slices of a run have it, and there is no --shard`, {
    hint: `add --shard i/n, or leave ${alone} out`,
  });
};

/** Targets that slices can share without an address. The others start an engine of their own for each run. */
const shared: readonly string[] = ['aws', 'localstack'];

const assertSlices = (count: number, choice: TargetChoice, loaded: readonly LoadedScenario[]): void => {
  assertShared(choice, count);
  for (const { scenario } of loaded) assertSliceable(scenario);
};

/** Throws if each slice would start its own engine, and wait there for the others. */
const assertShared = ({ name, endpoint }: TargetChoice, count: number): void => {
  if (count < 2 || endpoint !== undefined || shared.includes(name)) return;
  throw new HarnessError('usage', `--shard: each of the ${count} slices would start a ${name} of its own`, {
    hint: 'name an engine that all slices reach: --endpoint http://host:port, or --target aws',
  });
};

const judgingIn = ({ question, expect }: Config): Judging =>
  checkedJudging({ question, expect }, 'the configuration: expect.');

const load = (
  said: RunRequest,
  config: Config,
  seed: string,
  folder: string,
): Promise<readonly LoadedScenario[]> | readonly LoadedScenario[] => {
  const { given, grep, patterns } = said;
  if (given !== undefined) {
    const scenario = resolveScenario(given, { file: 'the scenario given to run', vocabulary, seed });
    return [{ file: join(folder, `${scenario.name}.scenario.json`), scenario }];
  }
  if (patterns?.length === 0) {
    throw new HarnessError('usage', 'the list of patterns is empty: nothing would be run', {
      hint: 'leave it out for all scenarios',
    });
  }
  return loadScenarios({
    patterns: patterns ?? [],
    defaults: config.scenarios ?? [],
    cwd: process.cwd(),
    vocabulary,
    seed,
    ...(grep === undefined ? {} : { grep }),
  });
};

/**
 * The flags that change what is sent or forbidden. The folders of histories are left out, because they change neither.
 */
const replayArgsOf = (said: RunRequest, choice: TargetChoice, judging: string): string =>
  [
    targetArgsOf(choice),
    said.provision === undefined ? '' : ` --provision ${said.provision}`,
    said.allowResources === true ? ' --allow-resources' : '',
    said.shard === undefined ? '' : ` --shard ${shellWord(said.shard)} --group NAME`,
    judging,
    said.config === undefined ? '' : ` --config ${shellWord(said.config)}`,
  ].join('');

const provisionOf = (said: string | undefined): ProvisionWay | undefined => {
  if (said === undefined) return undefined;
  const provision = provisionWays.find((way) => way === said);
  if (provision !== undefined) return provision;
  throw new HarnessError('usage', `--provision: there is no way ${JSON.stringify(said)}`, {
    hint: `possible: ${provisionWays.join(', ')}`,
  });
};
