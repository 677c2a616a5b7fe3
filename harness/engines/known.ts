import { type EngineResult, wordOf } from './run-engine.ts';

/** What an engine does otherwise than the contract says, as this project has seen it. Whatever is not here is a surprise, and fails the gate. */
export type KnownDifference = {
  readonly engine: string;
  readonly version: string;
  readonly claims: readonly string[];
};

const failedStack = 'a stack whose stream cannot be made is CREATE_FAILED, with a reason in its events';
const failedTemplate = "a team's own template whose stream cannot be made fails with the reason of that resource";
const stackReshard = 'a stack update that changes ShardCount reshards the stream';

export const knownDifferences: readonly KnownDifference[] = [
  {
    engine: 'localstack',
    version: '4.14.0',
    claims: ['a stream made by a stack has the shards, the mode and the tag of the template', stackReshard],
  },
  { engine: 'moto', version: '5.2.5', claims: [failedStack, failedTemplate] },
  {
    engine: 'kinesis-local',
    version: '0.4.13',
    claims: ['a reader that follows NextShardIterator while records arrive is given each once'],
  },
  {
    engine: 'ministack',
    version: '1.5.33',
    claims: [
      'after SplitShard the parent is still listed, closed, and its records are read',
      stackReshard,
      failedStack,
      failedTemplate,
    ],
  },
];

/**
 * A verdict other than `holds` that is the engine's doing, with the reason. It stays in the table as it is: this only says that it is no surprise. A violation is known
 * by its anomalies, so that another one in the same scenario is still a surprise.
 */
export type KnownVerdict = {
  readonly engine: string;
  readonly version: string;
  /** `*`: any that reads while records arrive. */
  readonly scenario: string;
  readonly verdict: 'unknown' | 'violated';
  readonly anomalies: readonly string[];
  readonly why: string;
};

export const knownVerdicts: readonly KnownVerdict[] = [
  {
    engine: 'moto',
    version: '5.2.5',
    scenario: 'split-under-load',
    verdict: 'violated',
    anomalies: ['write-to-closed'],
    why: 'moto stores records in a shard that it shows closed',
  },
  {
    engine: 'moto',
    version: '5.2.5',
    scenario: 'reshard-by-stack-update',
    verdict: 'violated',
    anomalies: ['write-to-closed'],
    why: 'moto stores records in a shard that it shows closed',
  },
  {
    engine: 'ministack',
    version: '1.5.33',
    scenario: 'reshard-by-stack-update',
    verdict: 'unknown',
    anomalies: [],
    why: 'MiniStack says UPDATE_COMPLETE and leaves the stream as it was: there is no reshard for a key to cross',
  },
  {
    engine: 'localstack',
    version: '4.14.0',
    scenario: 'reshard-by-stack-update',
    verdict: 'unknown',
    anomalies: [],
    why: 'LocalStack says UPDATE_COMPLETE and leaves the stream as it was: there is no reshard for a key to cross',
  },
  {
    engine: 'ministack',
    version: '1.5.33',
    scenario: 'split-under-load',
    verdict: 'unknown',
    anomalies: [],
    why: 'MiniStack forgets the parent of a split, and with it the records that nobody had read yet; no final reader can prove a loss in a shard that is not listed',
  },
  {
    engine: 'kinesis-local',
    version: '0.4.13',
    scenario: '*',
    verdict: 'violated',
    anomalies: ['re-delivery'],
    why: 'the iterator after the first record of a shard gives that record again, when it was read alone; a bare loop of GetRecords beside serial PutRecords showed it on 11 of 12 streams, and on none of 12 with 0.5.2',
  },
];

/** One sentence for each thing that nobody has written down. */
export const unexpected = (result: EngineResult): readonly string[] => {
  const { label, engine, version, failure, contract, outcomes } = result;
  if (failure !== undefined) return [`${label} did not start: ${failure}`];
  const known = knownDifferences
    .filter((difference) => difference.engine === engine && difference.version === version)
    .flatMap(({ claims }) => claims);
  const differences = contract
    .filter(({ claim, state }) => state === 'differs' && !known.includes(claim))
    .map(({ claim, sentence }) => `${label}: ${claim}: ${sentence}`);
  const verdicts = outcomes
    .filter((outcome) => wordOf(outcome) !== 'holds' && wordOf(outcome) !== 'not able')
    .filter((outcome) => knownVerdictOf(result, outcome) === undefined)
    .map((outcome) => `${label}: ${outcome.run.scenario} is ${wordOf(outcome)}`);
  return [...differences, ...verdicts];
};

/** The entry that explains a verdict, if there is one that covers every claim that is violated. */
export const knownVerdictOf = (
  { engine, version }: EngineResult,
  outcome: EngineResult['outcomes'][number],
): KnownVerdict | undefined => {
  const violated = (outcome.history?.claims ?? []).filter(({ verdict }) => verdict === 'violated');
  return knownVerdicts.find(
    (known) =>
      known.engine === engine &&
      known.version === version &&
      [outcome.run.scenario, '*'].includes(known.scenario) &&
      known.verdict === wordOf(outcome) &&
      violated.every(({ anomaly }) => known.anomalies.includes(anomaly)),
  );
};
