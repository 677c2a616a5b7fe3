import type { EngineResult } from './run-engine.ts';
import { wordOf } from './word-of.ts';

/**
 * What an engine does otherwise than the contract says, as this project has seen it. Any other difference fails the
 * gate.
 */
export type KnownDifference = {
  readonly engine: string;
  readonly version: string;
  readonly claims: readonly string[];
};

const failedStack = 'a stack whose stream cannot be made is CREATE_FAILED, with a reason in its events';
const failedTemplate = "a team's own template whose stream cannot be made fails with the reason of that resource";
const settings = 'a stack carries out the retention, the encryption and the record size of the template';
const stackReshard = 'a stack update that changes ShardCount reshards the stream';

const splitPut = 'a put after SplitShard is stored in a child';
const mergeOnce = 'after MergeShards every record is read once';
const updateKeeps = 'after UpdateShardCount the records of before are read, and the old shards are listed, closed';
const timestamp = 'an iterator AT_TIMESTAMP gives nothing that arrived before';

export const knownDifferences: readonly KnownDifference[] = [
  {
    engine: 'localstack',
    version: '4.14.0',
    claims: [
      'a stream made by a stack has the shards, the mode and the tag of the template',
      stackReshard,
      settings,
      timestamp,
    ],
  },
  { engine: 'moto', version: '5.2.5', claims: [failedStack, failedTemplate, settings, splitPut, mergeOnce] },
  {
    engine: 'kinesis-local',
    version: '0.4.13',
    // Both occur in the second in which a shard was created, and not on every stream.
    claims: ['a reader that follows NextShardIterator while records arrive is given each once', timestamp],
  },
  {
    engine: 'ministack',
    version: '1.5.33',
    claims: [
      'after SplitShard the parent is still listed, closed, and its records are read',
      mergeOnce,
      updateKeeps,
      stackReshard,
      failedStack,
      failedTemplate,
      settings,
    ],
  },
];

/**
 * A verdict other than `holds` that the engine causes, with the reason. The table shows it all the same; here it is
 * only marked as expected. A violation is known by its anomalies, so that another one in the same scenario still
 * fails.
 */
export type KnownVerdict = {
  readonly engine: string;
  readonly version: string;
  /** `*`: any scenario that reads while records arrive. */
  readonly scenario: string;
  readonly verdict: 'unknown' | 'violated';
  readonly anomalies: readonly string[];
  readonly why: string;
  /** It holds if readers are quick enough, so a second run may end otherwise. */
  readonly isByTiming?: true;
};

const movesNoPuts =
  'moto goes on storing records in a shard that it shows closed, and never in its children; four bare PutRecords after a SplitShard, a MergeShards and an UpdateShardCount showed it, all twelve of them';
const forgetsParents =
  'MiniStack forgets the parents of a reshard, and with them the records that nobody had read yet; no final reader can prove a loss in a shard that is not listed';
const noStackReshard = 'says UPDATE_COMPLETE and leaves the stream as it was: there is no reshard for a key to cross';

export const knownVerdicts: readonly KnownVerdict[] = [
  ...[
    'split-under-load',
    'split-and-merge-under-load',
    'update-shard-count-under-load',
    'reshard-by-stack-update',
    'put-records-aggregated-under-split',
  ].map(
    (scenario): KnownVerdict => ({
      engine: 'moto',
      version: '5.2.5',
      scenario,
      verdict: 'violated',
      anomalies: ['write-to-closed'],
      why: movesNoPuts,
    }),
  ),
  {
    engine: 'moto',
    version: '5.2.5',
    scenario: 'merge-under-load',
    verdict: 'violated',
    anomalies: ['write-to-closed', 'duplicate', 'lineage-seq-regression'],
    why: `moto copies the records of both parents into the merged shard and numbers them there from 1 again, so that each is read twice; a bare MergeShards of two shards with two records each showed it; and ${movesNoPuts}`,
  },
  ...['split-under-load', 'merge-under-load', 'split-and-merge-under-load', 'put-records-aggregated-under-split'].map(
    (scenario): KnownVerdict => ({
      engine: 'ministack',
      version: '1.5.33',
      scenario,
      verdict: 'unknown',
      anomalies: [],
      why: forgetsParents,
      isByTiming: true,
    }),
  ),
  {
    engine: 'ministack',
    version: '1.5.33',
    scenario: 'update-shard-count-under-load',
    verdict: 'violated',
    anomalies: [
      'poll-skip',
      'resumable-broken',
      'lost-write',
      'split-key',
      'bad-parentage',
      'topology-mutation',
      'hash-overlap',
    ],
    why: 'MiniStack answers UpdateShardCount by a new set of shards without parents, gives the old ids other ranges, and throws away every record that they held; a bare UpdateShardCount from 2 to 4 after four PutRecords showed it: none of the four is read',
  },
  ...['ministack', 'localstack'].map(
    (engine): KnownVerdict => ({
      engine,
      version: engine === 'ministack' ? '1.5.33' : '4.14.0',
      scenario: 'reshard-by-stack-update',
      verdict: 'unknown',
      anomalies: [],
      why: `${engine} ${noStackReshard}`,
    }),
  ),
  {
    engine: 'localstack',
    version: '4.14.0',
    scenario: 'consumer-from-timestamp',
    verdict: 'violated',
    anomalies: ['resumable-broken'],
    why: 'LocalStack cuts the fraction off the time of an AT_TIMESTAMP iterator, so that it begins up to a second early; ten bare GetShardIterator showed it, each beginning at the first record of the second that was asked for; its engine, kinesis-local 0.5.2 asked directly, keeps the milliseconds',
  },
  {
    engine: 'kinesis-local',
    version: '0.4.13',
    scenario: '*',
    verdict: 'violated',
    anomalies: ['re-delivery'],
    why: 'the iterator after the first record of a shard gives that record again, when it was read alone; a bare loop of GetRecords beside serial PutRecords showed it on 11 of 12 streams, and on none of 12 with 0.5.2',
    isByTiming: true,
  },
];

const isOf = (one: KnownVerdict, { engine, version }: EngineResult): boolean =>
  one.engine === engine && one.version === version;

/** One sentence for each difference, verdict or failure that is not known. */
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
  const isByTiming = (scenario: string | undefined): boolean =>
    scenario !== undefined &&
    knownVerdicts.some((one) => one.isByTiming && isOf(one, result) && [scenario, '*'].includes(one.scenario));
  const attached = result.attached.filter(({ scenario }) => !isByTiming(scenario)).map(({ sentence }) => sentence);
  return [...differences, ...verdicts, ...attached];
};

/** The entry that covers every violated claim of a verdict; undefined if there is none. */
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
