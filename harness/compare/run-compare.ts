import { type Random, seededRandom } from '../lib/random.ts';
import type { RunningTarget } from '../targets/target.ts';
import { type Arm, packingArm, packingMs } from './arms.ts';
import { type ComparePlan, offeredIn } from './plan-compare.ts';
import { rankingOf } from './ranking.ts';
import type { Comparison, Setting, Step } from './result.ts';
import { type Round, rowOf } from './row-of.ts';
import { type RunArm, runArm } from './run-arm.ts';
import { type Swept, stepOf, sweepOf } from './sweep.ts';

export type RunCompareOptions = {
  readonly plan: ComparePlan;
  readonly target: RunningTarget;
  readonly signal: AbortSignal;
  readonly onBegin: (what: string) => void;
};

/** Rounds are interleaved, and the order of the arms in each is drawn by seed: a slow minute hits all of them. */
export const runCompare = async (options: RunCompareOptions): Promise<Comparison> => {
  const { plan, target } = options;
  const run = runArm(options);
  const rounds = new Map<Arm, Round[]>(plan.arms.map((arm) => [arm, []]));
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const arm of shuffled(plan.arms, seededRandom(`${plan.seed}/order/${round}`)))
      rounds.get(arm)?.push(await run(arm, offeredIn(plan, round)));
  }
  const swept = await ratesOf(plan, run);
  const packing = await packingOf(plan, run);
  const rows = plan.arms.map((arm) => ({
    ...rowOf(arm, rounds.get(arm) ?? []),
    sustained: swept.get(arm)?.sustained ?? null,
  }));
  return {
    format: 'kinesis-order-compare',
    version: 1,
    engine: `${target.engine} ${target.version}`,
    isAws: plan.choice.name === 'aws',
    setting: settingOf(plan),
    rows,
    ranking: rankingOf(
      plan.arms.map((arm) => ({
        arm: arm.name,
        rounds: (rounds.get(arm) ?? []).map(({ measured }) => measured.timings),
      })),
      plan.seed,
    ),
    sweep: [...swept.values()].flatMap(({ steps }) => steps),
    packing,
  };
};

const isAsked = ({ sweep }: ComparePlan, what: 'rates' | 'packing'): boolean => sweep === what || sweep === 'all';

const ratesOf = async (plan: ComparePlan, run: RunArm): Promise<ReadonlyMap<Arm, Swept>> => {
  const swept = new Map<Arm, Swept>();
  if (!isAsked(plan, 'rates')) return swept;
  const sweep = { run, offered: offeredIn(plan, 1), rateMax: plan.rateMax };
  for (const arm of plan.arms) swept.set(arm, await sweepOf(arm, sweep));
  return swept;
};

const packingOf = async (plan: ComparePlan, run: RunArm): Promise<Step[]> => {
  const steps: Step[] = [];
  if (!isAsked(plan, 'packing')) return steps;
  const offered = { ...offeredIn(plan, 1), label: 'packing' };
  for (const ms of packingMs) {
    const arm = packingArm(ms);
    steps.push(stepOf(arm, offered.rate, ms, await run(arm, offered)));
  }
  return steps;
};

const shuffled = <T>(items: readonly T[], random: Random): readonly T[] =>
  items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

export const settingOf = ({ base, offered, rounds, seed, adversary }: ComparePlan): Setting => ({
  scenario: base.name,
  rate: offered.rate,
  arrivals: offered.arrivals,
  seconds: offered.seconds,
  rounds,
  seed,
  keys: base.workload.keys,
  shards: base.stream.shards,
  payload: base.workload.payload.type,
  pollMs: offered.pollMs,
  faults: [
    ...[...base.faults, ...offered.faults].map((fault) => JSON.stringify(fault)),
    ...(adversary === undefined ? [] : ['adversary, a seed a round']),
  ],
});
