import type { Kinesis, PutOutcome } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { seededRandom } from '../lib/random.ts';
import type { PutApi, ShardInfo } from '../model/event.ts';
import { defaultProfile, type Limits, limitsOf } from '../model/limits.ts';
import { holdsKeyOf, type Slice } from '../model/slice.ts';
import type { ProducerTools, Sent } from '../producers/producer.ts';
import { recordedPut } from '../producers/recorded-put.ts';
import { producers } from '../producers/registry.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { type HashKeys, hashKeysOf } from '../workload/hash-keys.ts';
import { partitionKeys, payloads } from '../workload/registry.ts';
import { type Outgoing, workloadOf } from '../workload/workload.ts';
import type { Counters } from './counters.ts';
import type { DriveOptions } from './drive-options.ts';
import { FailedCalls } from './failed-calls.ts';
import type { HoldBack } from './hold-back.ts';
import type { Programs } from './programs.ts';

export type ProduceOptions = Pick<
  DriveOptions,
  'scenario' | 'stream' | 'recorder' | 'identityRun' | 'clock' | 'signal' | 'onProgress' | 'slice' | 'planned'
> &
  Partial<Pick<DriveOptions, 'note' | 'commandFailed'>> & {
    readonly kinesis: Pick<Kinesis, 'putRecord' | 'putRecords' | 'listShards'>;
    readonly counts: Counters;
    readonly nextOp: () => number;
    readonly isTagged: boolean;
    readonly holdBack?: Pick<HoldBack, 'send'>;
    readonly programs?: Pick<Programs, 'door' | 'handed'> | undefined;
    /** Called for every answer, and for every call without an answer. */
    readonly onOutcome: (outcome: PutOutcome, api: PutApi) => void;
  };

/** Runs all producers of the scenario concurrently. */
export const produce = async (options: ProduceOptions): Promise<void> => {
  const { scenario } = options;
  const refused: HarnessError[] = [];
  const refuse = (why: HarnessError): void => {
    // Each of the first 100 gets a note. The others are only counted.
    if (refused.push(why) <= refusedMax) options.recorder.write({ type: 'note', text: why.message });
  };
  const limits = limitsIn(scenario);
  const calls = new FailedCalls();
  const hashesOf = await hashKeysOf(scenario.workload.explicitHashKey, scenario.seed);
  const all: StartOptions = { ...options, limits, refuse, calls, hashesOf };
  await Promise.all(scenario.producers.map((producer) => start(all, producer)));
  for (const words of calls.words) options.note?.(words);
  const [first] = refused;
  if (first === undefined) return;
  const more = refused.length === 1 ? '' : ` (and ${refused.length - 1} more)`;
  throw new HarnessError('usage', `${first.message}${more}`, { hint: first.hint ?? '' });
};

/** The most notes about rejected records. */
const refusedMax = 100;

/** The limits of the scenario's profile. The record size of the stream overrides that of the profile. */
const limitsIn = ({ limits = defaultProfile, stream: { maxRecordSizeKiB: kib } }: ResolvedScenario): Limits =>
  limitsOf(limits, kib === undefined ? {} : { maxRecordSizeInKiB: kib });

type StartOptions = ProduceOptions &
  Pick<ProducerTools, 'limits' | 'refuse'> & {
    readonly calls: FailedCalls;
    readonly hashesOf: ((producer: string) => HashKeys) | undefined;
  };

type ProducerSpec = ResolvedScenario['producers'][number];

const start = async (options: StartOptions, { type, name, ...strategy }: ProducerSpec): Promise<void> => {
  if (!isKeyOf(producers, type)) throw new HarnessError('usage', `producers: there is no producer ${type}`);
  const records = recordsOf(options, name, strategy['keys'] === 'shared', options.hashesOf?.(name));
  const sendNow = recordedPut({
    stream: options.stream,
    producer: name,
    kinesis: options.kinesis,
    write: options.recorder.write,
    nextOp: options.nextOp,
    isTagged: options.isTagged,
    onAnswer: ({ api }, outcome) => noteAnswer(options, api, outcome),
  });
  const { holdBack } = options;
  const put: ProducerTools['put'] =
    holdBack === undefined
      ? sendNow
      : async (call) => (await holdBack.send(call.entries.length, () => sendNow(call))) ?? notSent;
  const next = (): Outgoing | undefined => {
    if (options.signal.aborted) return undefined;
    const { value, done } = records.next();
    return done === true ? undefined : value;
  };
  const { limits, refuse, clock, signal, scenario } = options;
  const shards = (): Promise<readonly ShardInfo[]> => options.kinesis.listShards(options.stream);
  const { programs, note, commandFailed: failed } = options;
  const words = { ...(note === undefined ? {} : { note }), ...(failed === undefined ? {} : { failed }) };
  const tools = { next, put, limits, refuse, shards, clock, signal, seed: scenario.seed, ...words };
  const make = producers[type].make(strategy);
  if (programs === undefined) return make(tools);
  const handed: ProducerTools['handed'] = (record) => programs.handed(name, record);
  await make({ ...tools, door: () => programs.door(name), handed });
};

/** The answer for records that were held back until the run ended. They are not in the history. */
const notSent: Sent = { op: -1, outcome: { outcome: 'fail', error: 'NotSent' } };

/**
 * The records of a producer, with keys from the seed. Shared keys are the same for every producer; own keys contain
 * its name.
 */
export const recordsOf = (
  { scenario, identityRun, slice }: Pick<ProduceOptions, 'scenario' | 'identityRun' | 'slice'>,
  producer: string,
  isShared: boolean,
  hashOf?: HashKeys,
): Generator<Outgoing, void> => {
  const { payload } = scenario.workload;
  const { type: content, ...payloadOptions } = payload;
  if (!isKeyOf(payloads, content)) throw new HarnessError('usage', `workload.payload: there is no ${content}`);
  return workloadOf({
    run: identityRun,
    seed: scenario.seed,
    producer,
    keys: keysOf(scenario, producer, isShared, slice),
    payload: payloads[content].make(payloadOptions),
    hashOf,
  });
};

/** The partition key of each record, in the order of the application. For a slice, only the keys in its range. */
export const keysOf = (
  { seed, workload: { keys, recordsPerKey, partitionKey } }: Pick<ResolvedScenario, 'seed' | 'workload'>,
  producer: string,
  isShared: boolean,
  slice?: Slice,
): Iterable<string> => {
  const { type: kind, ...keyOptions } = partitionKey;
  if (!isKeyOf(partitionKeys, kind)) throw new HarnessError('usage', `workload.partitionKey: there is no ${kind}`);
  const random = seededRandom(`${seed}/keys/${isShared ? '' : producer}`);
  const prefix = isShared ? 'key-' : `${producer}-`;
  const all = partitionKeys[kind].make(keyOptions)({ keys, recordsPerKey, prefix, random });
  return slice === undefined ? all : ownKeys(all, holdsKeyOf(slice));
};

function* ownKeys(all: Iterable<string>, isOwn: (key: string) => boolean): Generator<string> {
  for (const key of all) if (isOwn(key)) yield key;
}

const noteAnswer = (
  { counts, onProgress, onOutcome, scenario, calls, planned }: StartOptions,
  api: PutApi,
  outcome: PutOutcome,
): void => {
  calls.note(api, outcome);
  onOutcome(outcome, api);
  if (outcome.outcome === 'ok') {
    for (const result of outcome.results) if ('seq' in result) counts.noteAck(result.shard, result.seq);
  }
  onProgress?.({
    phase: 'load',
    acked: counts.acked(),
    planned: planned ?? plannedRecords(scenario),
    read: counts.read(),
  });
};

/** The number of records of producers that use the workload. A program's own records are not counted. */
export const plannedRecords = ({ workload, producers: all }: ResolvedScenario): number =>
  workload.keys * workload.recordsPerKey * all.filter(({ records }) => records !== 'own').length;
