import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { producers } from '../producers/registry.ts';
import { combinationProblems } from '../scenario/combinations.ts';
import { explainIssue } from '../scenario/explain-issue.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { ResolvedScenario, Variant } from '../scenario/resolved.ts';
import { vocabulary } from '../session/catalog.ts';
import type { Arm } from './arms.ts';
import { warmUpSeconds } from './window.ts';

export type Offered = {
  readonly rate: number;
  readonly seconds: number;
  readonly arrivals: 'constant' | 'poisson';
  /** The seed of the round. It is the same for each arm, so that keys, payloads and schedule are the same. */
  readonly seed: string;
  /** Distinguishes the histories of an arm: its round, or its rate. */
  readonly label: string;
  readonly faults: readonly Variant[];
  readonly pollMs: number;
};

/**
 * One arm as an ordinary scenario. Stream, keys, payloads, faults and reshards are those of the base, the schedule is
 * open loop, and one live reader polls as a consumer on AWS may. Throws `usage` if the arm and the base do not fit
 * together.
 */
export const scenarioOf = (base: ResolvedScenario, arm: Arm, offered: Offered): LoadedScenario => {
  const name = `${arm.name}-${offered.label}`;
  const records = recordsIn(offered);
  const keys = Math.min(base.workload.keys, records);
  const scenario: ResolvedScenario = {
    ...base,
    name,
    why: arm.what,
    seed: offered.seed,
    workload: { ...base.workload, keys, recordsPerKey: Math.ceil(records / keys) },
    producers: [{ ...paced(arm, offered), name: 'p1' }],
    consumers: [reader(offered.pollMs)],
    faults: [...base.faults, ...offered.faults],
    // The expectations of the file are about its own producers.
    expect: { forbid: [], allow: [], find: [], ignore: [] },
    budget: { ...base.budget, loadMs: base.budget.loadMs + Math.ceil(offered.seconds * loadFactor * 1000) },
  };
  const problems = combinationProblems(scenario, vocabulary);
  if (problems.length > 0)
    throw new HarnessError('usage', `${base.name} as ${arm.name}: ${problems.join('; ')}`, {
      hint: `a comparison writes --rate × (--seconds + ${warmUpSeconds}) records, here ${scenario.workload.keys * scenario.workload.recordsPerKey}, whatever the file says: a reshard or a fault that needs more wants longer --seconds; else compare only the arms that this is possible for, each with --arm`,
    });
  return { file: `${name}.scenario.json`, scenario };
};

/** The least number of records that are written, those of the warm-up included. Each key has the same number. */
const recordsIn = ({ rate, seconds }: Offered): number => Math.max(1, Math.round(rate * (seconds + warmUpSeconds)));

/** An arm that cannot keep up may take this many times the schedule. */
const loadFactor = 20;

const reader = (pollMs: number): ResolvedScenario['consumers'][number] => ({
  ...(vocabulary.consumers['getRecords']?.options.parse({ pollMs }) as object),
  type: 'getRecords',
  name: 'c1',
});

const paced = ({ name, producer: { type, name: _, ...given } }: Arm, { rate, arrivals }: Offered): Variant => {
  if (!isKeyOf(producers, type)) throw new HarnessError('usage', `${name}: there is no producer ${type}`);
  if (type === 'scripted' || given['records'] === 'own')
    throw new HarnessError('usage', `${name}: ${type} makes its calls without a schedule, and cannot be compared`, {
      hint: "a command is handed the records with records: 'stdin'",
    });
  const options = { ...given, rate, ...(arrivals === 'constant' ? {} : { arrivals }) };
  const parsed = producers[type].options.safeParse(options);
  if (parsed.success) return { type, ...(parsed.data as object) };
  throw new HarnessError(
    'usage',
    `${name}: ${parsed.error.issues.map((issue) => explainIssue(issue, options)).join('; ')}`,
  );
};
