import { join } from 'node:path';
import { assertWritable } from '../lib/assert-writable.ts';
import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import { freshRunId, freshSeed } from '../lib/random.ts';
import { type LoadedScenario, loadScenarios } from '../scenario/load.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import type { ResolvedScenario, Variant } from '../scenario/resolved.ts';
import { type AtMost, assertConsent, awsPlan, type Consents } from '../session/aws-plan.ts';
import { vocabulary } from '../session/catalog.ts';
import { loadConfig } from '../session/settings.ts';
import { chooseTarget, type TargetChoice, type TargetFlags } from '../session/target-choice.ts';
import { type Arm, builtInArms, packingArm, packingMs } from './arms.ts';
import { trendMin } from './backlog.ts';
import { type Offered, scenarioOf } from './scenario-of.ts';
import { leastRate, mostOfSweep } from './sweep-size.ts';
import { warmUpSeconds } from './window.ts';

export const sweeps = ['none', 'rates', 'packing', 'all'] as const;

export type CompareRequest = TargetFlags & {
  readonly file?: string;
  /** A program of the user. It receives the records as JSON lines, on the same schedule. */
  readonly command?: readonly string[];
  /** Replaces the built-in arms. */
  readonly arms?: readonly Arm[];
  readonly rate?: number;
  readonly seconds?: number;
  readonly rounds?: number;
  readonly arrivals?: 'constant' | 'poisson';
  readonly pollMs?: number;
  readonly seed?: string;
  readonly sweep?: (typeof sweeps)[number];
  readonly rateMax?: number;
  readonly faults?: readonly Variant[];
  /** If set, round k has every legal fault, drawn with the adversary's seed k. */
  readonly adversary?: { readonly intensity?: number };
  readonly out?: string;
  readonly keep?: boolean;
  readonly yes?: boolean;
  readonly config?: string;
};

export type ComparePlan = {
  readonly choice: TargetChoice;
  readonly base: ResolvedScenario;
  readonly arms: readonly Arm[];
  readonly rounds: number;
  readonly offered: Omit<Offered, 'seed' | 'label'>;
  readonly seed: string;
  readonly sweep: (typeof sweeps)[number];
  /** The highest rate of a sweep. */
  readonly rateMax: number;
  readonly adversary: { readonly intensity?: number } | undefined;
  readonly folder: string;
  readonly out: string;
  readonly run: string;
  readonly keep: boolean;
};

/** Quick enough for a first look, with just enough records for a p99. */
export const defaults = { rate: 150, seconds: 3.5, rounds: 2, pollMs: 200, keys: 20, rateMax: 5000 } as const;

/**
 * Makes the plan. Throws for each mistake that can be found before an engine is started: flags, file, arms, faults,
 * consent, folder.
 */
export const planCompare = async (
  said: CompareRequest,
  consents: Consents,
  /** Throws for further mistakes. */
  assertWanted: (plan: ComparePlan) => void = () => undefined,
): Promise<ComparePlan> => {
  const config = await loadConfig(process.cwd(), said.config);
  const choice = chooseTarget(said, config);
  const seed = said.seed ?? config.seed ?? freshSeed();
  const base = await baseOf(said.file, seed);
  const out = said.out ?? config.out ?? 'reports';
  const run = `r-${freshRunId(systemClock().wallMs())}`;
  const plan: ComparePlan = {
    choice,
    base,
    arms: armsOf(said, base),
    rounds: said.rounds ?? defaults.rounds,
    offered: {
      rate: said.rate ?? defaults.rate,
      seconds: said.seconds ?? defaults.seconds,
      arrivals: said.arrivals ?? 'constant',
      faults: said.faults ?? [],
      pollMs: said.pollMs ?? defaults.pollMs,
    },
    seed,
    sweep: said.sweep ?? 'none',
    rateMax: said.rateMax ?? defaults.rateMax,
    adversary: said.adversary,
    folder: join(out, run),
    out,
    run,
    keep: said.keep ?? config.keep ?? false,
  };
  assertRates(plan);
  assertWanted(plan);
  const planned = plan.arms.map((arm) => named(scenarioOf(base, arm, offeredIn(plan, 1)), arm.name));
  const atMost = sweptIn(plan);
  if (choice.name === 'aws')
    await assertConsent(
      awsPlan(planned, { repeat: plan.rounds, keep: plan.keep, region: choice.region, atMost }),
      said.yes === true,
      consents,
    );
  await assertWritable(out);
  return plan;
};

/** The load of a round, from 1. It is the same for each arm. */
export const offeredIn = ({ offered, seed, adversary }: ComparePlan, round: number): Offered => ({
  ...offered,
  seed: `${seed}.${round}`,
  label: `round-${round}`,
  faults:
    adversary === undefined ? offered.faults : [...offered.faults, { type: 'adversary', seed: round, ...adversary }],
});

/** Throws if a sweep could not begin at the rate of the rounds, or if its rates are too low to be measured. */
const assertRates = ({ sweep, rateMax, offered: { rate, seconds } }: ComparePlan): void => {
  if (sweep !== 'rates' && sweep !== 'all') return;
  if (rateMax < rate)
    throw new HarnessError('usage', `--rate-max ${rateMax}: it is below the rate of the rounds, ${rate}/s`, {
      hint: `say --rate ${rateMax} as well`,
    });
  const least = leastRate({ seconds });
  if (rateMax >= least) return;
  const { records } = trendMin;
  throw new HarnessError(
    'usage',
    `--rate-max ${rateMax}: a sweep measures ${records} records or more of each rate, and ${seconds} s (--seconds) of ${rateMax}/s have fewer`,
    { hint: `say --rate-max ${least}, or --seconds ${Math.ceil(records / rateMax)}` },
  );
};

const named = (loaded: LoadedScenario, name: string): LoadedScenario => ({
  ...loaded,
  scenario: { ...loaded.scenario, name },
});

/** What the sweeps of a plan create and write at most. The number of steps is known only afterwards. */
export const sweptIn = (plan: ComparePlan): readonly AtMost[] => {
  const { base, arms, sweep, offered, rateMax } = plan;
  const first = offeredIn(plan, 1);
  const steps = mostOfSweep({ offered: first, rateMax });
  const { keys } = base.workload;
  const records = Math.ceil(steps.rates * (offered.seconds + warmUpSeconds)) + steps.steps * keys;
  const rates = arms.map((arm) => ({
    name: `${arm.name}, the sweep of rates up to ${rateMax}/s`,
    scenario: scenarioOf(base, arm, first).scenario,
    streams: steps.steps,
    records,
  }));
  const packing = packingMs.map(packingArm).map((arm) => {
    const { scenario } = scenarioOf(base, arm, first);
    return { name: arm.name, scenario, streams: 1 };
  });
  return [
    ...(sweep === 'rates' || sweep === 'all' ? rates : []),
    ...(sweep === 'packing' || sweep === 'all' ? packing : []),
  ];
};

/** The default load: taxi rides of twenty keys into one shard, as in the lab. */
const baseOf = async (file: string | undefined, seed: string): Promise<ResolvedScenario> => {
  if (file === undefined)
    return resolveScenario(
      {
        name: 'taxi-rides',
        why: 'the rides of the lab',
        workload: { keys: defaults.keys },
        producers: [{ type: 'putRecord' }],
      },
      { file: 'compare', vocabulary, seed },
    );
  const loaded = await loadScenarios({ patterns: [file], cwd: process.cwd(), vocabulary, seed });
  const [only, ...more] = loaded;
  if (only !== undefined && more.length === 0) return only.scenario;
  throw new HarnessError('usage', `compare takes one scenario; ${JSON.stringify(file)} names ${loaded.length}`, {
    hint: `say which: ${loaded.map(({ scenario }) => scenario.name).join(', ')}`,
  });
};

/**
 * The named arms, otherwise all built-in ones; then the producers of the file, and the user's command. Throws if two
 * arms have one name.
 */
const armsOf = ({ file, arms = builtInArms, command }: CompareRequest, base: ResolvedScenario): readonly Arm[] => {
  const own = file === undefined ? [] : base.producers.map((producer) => ofFile(producer));
  const all = [...arms, ...own, ...(command === undefined ? [] : [ofCommand(command)])];
  const twice = all.find(({ name }, index) => all.findIndex((other) => other.name === name) !== index);
  if (twice === undefined) return all;
  throw new HarnessError('usage', `compare: there are two arms ${JSON.stringify(twice.name)}: give each its own name`);
};

const ofFile = ({ name, ...producer }: ResolvedScenario['producers'][number]): Arm => ({
  name: `file-${name.replaceAll(/[^\w.-]/g, '_')}`,
  what: `of the file: ${producer.type}`,
  producer,
});

const ofCommand = (command: readonly string[]): Arm => ({
  name: 'command',
  what: `the command ${command[0] ?? ''}`,
  producer: { type: 'command', run: command, records: 'stdin' },
});
