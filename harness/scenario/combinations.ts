import { defaultProfile, limitsOf } from '../model/limits.ts';
import type { ResolvedScenario } from './resolved.ts';
import { isOwn, streamProblems, tooLarge } from './stream-problems.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The problems of fields that are valid alone but not together. They are found before anything is created. */
export const combinationProblems = (
  scenario: ResolvedScenario,
  { faults }: Pick<Vocabulary, 'faults'>,
): readonly string[] => [
  ...duplicateNames(scenario),
  ...(isOwn(scenario.stream) ? impossibleReshards(scenario) : []),
  ...impossibleFaults(scenario, faults),
  ...unknownInstances(scenario),
  ...beyondLimits(scenario),
  ...contradictions(scenario),
  ...streamProblems(scenario),
];

/**
 * The problems that depend on the number of shards and the record size. For a stream that the harness does not create,
 * both are known only once the stream is described.
 */
export const problemsAsSeen = (scenario: ResolvedScenario): readonly string[] => [
  ...impossibleReshards(scenario),
  ...tooLarge(scenario),
];

const duplicateNames = ({ producers, consumers }: ResolvedScenario): readonly string[] => {
  const problems: string[] = [];
  for (const [field, list] of [
    ['producers', producers],
    ['consumers', consumers],
  ] as const) {
    const seen = new Set<string>();
    for (const [index, { name }] of list.entries()) {
      if (seen.has(name)) problems.push(`${field}[${index}].name: ${JSON.stringify(name)} is taken: give each its own`);
      seen.add(name);
    }
  }
  if (consumers.some(({ name }) => name === 'final'))
    problems.push('consumers: "final" is the reader that the harness adds: choose another name');
  if (producers.some(({ name }) => name === 'kinesis-order'))
    problems.push('producers: "kinesis-order" is who puts the sentinels: choose another name');
  return problems;
};

const impossibleReshards = ({ stream, reshard, workload, producers }: ResolvedScenario): readonly string[] => {
  const problems: string[] = [];
  // The records that a program makes itself are not known beforehand.
  const hasPrograms = producers.some(({ records }) => records === 'own');
  const planned = hasPrograms ? Number.POSITIVE_INFINITY : workload.keys * workload.recordsPerKey * producers.length;
  if (reshard.length > 0 && stream.mode === 'ON_DEMAND')
    problems.push('reshard: an ON_DEMAND stream reshards by itself; use mode PROVISIONED');
  let open = stream.shards;
  let before = 0;
  for (const [index, plan] of reshard.entries()) {
    const at = `reshard[${index}]`;
    if (plan.afterAcked >= planned)
      problems.push(
        `${at}.afterAcked: ${plan.afterAcked} is never reached before the end: ${planned} records are planned`,
      );
    if (plan.afterAcked < before)
      problems.push(`${at}.afterAcked: ${plan.afterAcked} is before the reshard before it (${before})`);
    before = plan.afterAcked;
    if (plan.action === 'UpdateShardCount' || plan.action === 'UpdateStack') {
      if (plan.target > open * 2)
        problems.push(
          `${at}.target: ${plan.target} is more than twice the ${open} open shards, which UpdateShardCount refuses`,
        );
      else if (plan.target < open / 2)
        problems.push(
          `${at}.target: ${plan.target} is less than half of the ${open} open shards, which UpdateShardCount refuses`,
        );
      open = plan.target;
      continue;
    }
    // Only the engine knows the names of later shards.
    const first = typeof plan.shard === 'number' ? plan.shard : 0;
    const needed = plan.action === 'MergeShards' ? first + 2 : first + 1;
    if (needed > open)
      problems.push(
        `${at}.shard: ${plan.action} of shard ${plan.shard} needs ${needed} open shards, there will be ${open}`,
      );
    open += plan.action === 'SplitShard' ? 1 : -1;
  }
  return problems;
};

/** The problems that the faults themselves report with this scenario. */
const impossibleFaults = (scenario: ResolvedScenario, known: Vocabulary['faults']): readonly string[] =>
  scenario.faults.flatMap((fault, index) =>
    (known[fault.type]?.conflicts?.(fault as never, scenario) ?? []).map(
      (problem) => `faults[${index}]${/^\w+: /.test(problem) ? '.' : ': '}${problem}`,
    ),
  );

/** The acts that name an instance which no consumer under test has. */
const unknownInstances = ({ faults, consumers }: ResolvedScenario): readonly string[] => {
  const names = consumers.flatMap(({ name, instances }) =>
    typeof instances === 'number' ? Array.from({ length: instances }, (_, index) => `${name}/${index + 1}`) : [],
  );
  return faults.flatMap((fault, index) =>
    (['of', 'untilOwner'] as const).flatMap((field) => {
      const named = fault[field];
      if (typeof named !== 'string' || names.includes(named) || names.includes(`${named}/1`)) return [];
      const possible = names.length === 0 ? 'there is no consumer under test' : `possible: ${names.join(', ')}`;
      return [`faults[${index}].${field}: there is no instance ${JSON.stringify(named)}; ${possible}`];
    }),
  );
};

/** The producers whose batch is above the profile's limit: each of their calls would fail as a whole. */
const beyondLimits = ({ producers, limits = defaultProfile }: ResolvedScenario): readonly string[] => {
  const { records } = limitsOf(limits);
  return producers.flatMap(({ batch }, index) =>
    typeof batch === 'number' && batch > records
      ? [
          `producers[${index}].batch: ${batch} records a call, the limit is ${records} (records of the profile ${limits})`,
        ]
      : [],
  );
};

const contradictions = ({ expect }: ResolvedScenario): readonly string[] => {
  const said = new Map<string, string>();
  const problems: string[] = [];
  for (const how of ['forbid', 'allow', 'find', 'ignore'] as const) {
    for (const anomaly of expect[how]) {
      const before = said.get(anomaly);
      if (before !== undefined) problems.push(`expect.${how}: ${anomaly} is already in expect.${before}`);
      said.set(anomaly, how);
    }
  }
  return problems;
};
