import type { AnomalyId } from '../model/anomaly.ts';
import type { Owes } from '../model/event.ts';
import type { LimitProfileName } from '../model/limits.ts';

/**
 * A scenario as a person writes it: what is left out has a default. `defineScenario` gives it types and completion;
 * validation is the schema's.
 */
export type ScenarioInput<Fault extends AnyFaultInput = AnyFaultInput> = {
  /** Unique; names the stream, the history and the test. Letters, digits, `-`, `_` and `.`. */
  readonly name: string;
  /** One sentence: what it shows. */
  readonly why: string;
  /** Where the claim comes from. */
  readonly source?: string;
  /** For --grep; `@quick` marks the small ones. */
  readonly tags?: readonly string[];
  readonly stream?: StreamInput;
  /** Whose limits producers keep to; `aws` where nothing is said. */
  readonly limits?: LimitProfileName;
  readonly workload?: {
    /** Partition keys of each producer. */
    readonly keys?: number;
    readonly recordsPerKey?: number;
    readonly payload?: PayloadInput;
    readonly partitionKey?: PartitionKeyInput;
    /** Sends every record with this ExplicitHashKey; `seeded`: each with one of its own, by the seed. */
    readonly explicitHashKey?: string | { readonly type: 'seeded' };
  };
  readonly producers: readonly ProducerInput[];
  /** Live readers; a final one, fresh from TRIM_HORIZON, always follows. */
  readonly consumers?: readonly ConsumerInput[];
  readonly faults?: readonly Fault[];
  readonly reshard?: readonly ReshardInput[];
  readonly expect?: {
    readonly forbid?: readonly AnomalyId[];
    readonly allow?: readonly AnomalyId[];
    /** Must show up: the scenario reproduces it. */
    readonly find?: readonly AnomalyId[];
    readonly ignore?: readonly AnomalyId[];
  };
  /** Milliseconds, scaled by the speed of the target. */
  readonly budget?: {
    readonly loadMs?: number;
    readonly drainMs?: number;
    readonly callMs?: number;
    readonly reshardMs?: number;
  };
  /** What the target must be able to do; elsewhere the scenario is skipped, and that is said. */
  readonly needs?: readonly (
    | 'splitShard'
    | 'mergeShards'
    | 'updateShardCount'
    | 'subscribeToShard'
    | 'onDemand'
    | 'cloudformation'
  )[];
};

export type StreamInput = OwnStreamInput | ExistingStreamInput | TemplateStreamInput;

/**
 * A stream of a CloudFormation template of one's own, which is deployed under the run's name and taken away with it.
 */
export type TemplateStreamInput = {
  readonly template: {
    /** JSON or YAML, relative to the scenario file. */
    readonly file: string;
    /** Logical id of the stream, or an output that holds its name or ARN. */
    readonly stream: string;
    readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  };
};

/**
 * A stream that is there already: driven and read from its present end, with other writers' records told apart, and
 * neither changed nor deleted.
 */
export type ExistingStreamInput = {
  readonly existing: string;
  /** Reshards of it may be planned: they stay when the run is over. */
  readonly mayReshard?: boolean;
};

/** The stream that a run makes and takes away; what is left out is the service's default. */
export type OwnStreamInput = {
  readonly shards?: number;
  readonly mode?: 'PROVISIONED' | 'ON_DEMAND';
  /** Hours, 24 to 8760. */
  readonly retentionHours?: number;
  /** A KMS key: id, alias or ARN. */
  readonly encryptionKey?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** KiB, 1024 to 10240: data and key of one record. */
  readonly maxRecordSizeKiB?: number;
  /** ON_DEMAND only. AUTO voids the order of keys: a run refuses it. */
  readonly recordDistributionStrategy?: 'USER_PARTITION_KEY' | 'AUTO';
};

export type PayloadInput = { readonly type: 'taxiRide' } | { readonly type: 'bytes'; readonly size: number };
export type PartitionKeyInput =
  | { readonly type: 'even' }
  | { readonly type: 'hot'; readonly share?: number }
  | { readonly type: 'vendorId' }
  | { readonly type: 'rideId' };

type SendInput = {
  readonly name?: string;
  /**
   * Records a second of the producer; or of each shard, what the limits say or what is given, which may be above them.
   */
  readonly rate?: number | 'limits' | { readonly records?: number; readonly bytes?: number };
  /** Of a rate that is a number: `poisson` draws the gaps by the seed. */
  readonly arrivals?: 'constant' | 'poisson';
  readonly inFlight?: number;
  readonly attempts?: number;
  readonly keys?: 'shared' | 'own';
};
export type PutRecordInput = SendInput & {
  /**
   * The last number of the key. `all-keys`: of the producer, whatever its key, as the developer guide's sample does.
   */
  readonly sequenceNumberForOrdering?: boolean | 'all-keys';
  readonly retry?: 'leave' | 'resend';
  readonly retryAfter?: number;
};
export type PutRecordsInput = SendInput & {
  readonly batch?: number;
  readonly retry?: 'leave' | 'failed-entries' | 'failed-and-following' | 'tail';
  /** Milliseconds. */
  readonly backOffMs?: number;
  readonly backOffMsMax?: number;
  /** Milliseconds; needs `rate`. */
  readonly maxBufferedMs?: number;
  readonly lanes?: 'mixed' | 'shard';
};
export type ScriptedInput = {
  readonly name?: string;
  /** Records of each call: 1 is a PutRecord, more are a PutRecords. */
  readonly calls: readonly number[];
  readonly keys?: 'shared' | 'own';
};
export type PutRecordsAggregatedInput = PutRecordsInput & {
  /** Of one Kinesis record, its key not counted. */
  readonly aggregateBytes?: number;
  /** User records of one Kinesis record. */
  readonly aggregateCount?: number;
};
/**
 * What a payload says of its record: JSON Pointers, a regular expression with the groups n, key and producer, or a
 * module's function.
 */
export type IdentityInput =
  | ({ readonly from: 'json'; readonly n: string; readonly key?: string; readonly producer?: string } & CounterInput)
  | ({ readonly from: 're'; readonly pattern: string } & CounterInput)
  | ({ readonly from: 'module'; readonly file: string } & CounterInput)
  | { readonly from: 'none' };
export type CounterInput = {
  /** `dense`: no number is left out. Default: only their order counts. */
  readonly counter?: 'dense' | 'sparse';
  readonly first?: number;
  readonly scope?: 'producer-key' | 'key' | 'producer';
};
export type CommandInput = {
  readonly name?: string;
  /** The program and its arguments; `{endpoint} {host} {port} {tls} {stream} {ca}` are filled in. */
  readonly run: readonly [string, ...string[]];
  /** Left out: its records have no counter. */
  readonly identity?: IdentityInput;
  /** `stdin`: it is handed the workload's records, as JSON lines. */
  readonly records?: 'own' | 'stdin';
  /** `stdin`: records a second. */
  readonly rate?: number;
  readonly arrivals?: 'constant' | 'poisson';
  /** `stdin`: so many records without `done` or `failed`, at most. */
  readonly inFlight?: number;
  readonly keys?: 'shared' | 'own';
  readonly wait?:
    | { readonly firstCall: true }
    | { readonly stdout: string }
    | { readonly url: string }
    | { readonly port: number };
  /** For `wait`, milliseconds. */
  readonly timeoutMs?: number;
  readonly gracefulShutdown?: { readonly signal: 'SIGTERM' | 'SIGINT'; readonly timeoutMs: number };
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Ends a program that never ends, milliseconds. */
  readonly forMs?: number;
};
export type FnInput = {
  readonly name?: string;
  /** `./mine.ts#produce`, relative to the scenario file. */
  readonly module: string;
  readonly rate?: number;
  readonly arrivals?: 'constant' | 'poisson';
  readonly keys?: 'shared' | 'own';
};
export type ProducerInput =
  | ({ readonly type: 'putRecord' } & PutRecordInput)
  | ({ readonly type: 'putRecords' } & PutRecordsInput)
  | ({ readonly type: 'putRecordsAggregated' } & PutRecordsAggregatedInput)
  | ({ readonly type: 'scripted' } & ScriptedInput)
  | ({ readonly type: 'command' } & CommandInput)
  | ({ readonly type: 'fn' } & FnInput);

export type GetRecordsInput = {
  readonly name?: string;
  readonly from?: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER';
  readonly startAfterAcked?: number;
  readonly limit?: number;
  readonly pollMs?: number;
  readonly restartAfter?: number;
  readonly resume?: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER';
};
/** A consumer under test: a program that tells in JSON lines what it was given. */
export type SubjectCommandInput = Pick<
  CommandInput,
  'name' | 'wait' | 'timeoutMs' | 'gracefulShutdown' | 'env' | 'cwd'
> & {
  readonly role: 'subject';
  /** The program and its arguments; `{endpoint} {host} {port} {tls} {stream} {ca} {lines}` are filled in. */
  readonly run: readonly [string, ...string[]];
  /** Processes at once: `name/1`, `name/2` … */
  readonly instances?: number;
  readonly lines?: 'stdout' | 'file' | 'http' | 'fd3' | { readonly file: string };
  /** A regular expression: what a logger writes before each line. */
  readonly prefix?: string;
  /** Left out: what lies between its first and its last delivery in each shard. */
  readonly owes?: 'TRIM_HORIZON' | 'LATEST' | Owes;
  readonly group?: string;
  readonly filter?: boolean;
  readonly aggregates?: 'kcl' | 'raw';
  /** For it to handle all that it owes once load is over, milliseconds. */
  readonly doneMs?: number;
  readonly sentinel?: false | { readonly payload: string };
};
/** A Lambda handler behind an event source mapping: Lambda's parameters, under their own names. */
export type EventSourceMappingInput = {
  readonly name?: string;
  /** `./fn.mjs#handler`, relative to the scenario's file; or a program that is given one JSON event a line. */
  readonly handler: string | { readonly command: readonly [string, ...string[]]; readonly cwd?: string };
  readonly batchSize?: number;
  /** MaximumBatchingWindowInSeconds. */
  readonly batchWindow?: number;
  /** MaximumRetryAttempts; -1 (the default): without end. */
  readonly retries?: number;
  /** BisectBatchOnFunctionError. */
  readonly bisect?: boolean;
  /** ReportBatchItemFailures. */
  readonly partialBatchResponse?: boolean;
  readonly parallelizationFactor?: number;
  /** MaximumRecordAgeInSeconds; -1 (the default): any age. */
  readonly maxRecordAge?: number;
  /** The name of the destination of what is discarded; without one it is lost. */
  readonly onFailure?: string;
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
  /** The function's own timeout, milliseconds. */
  readonly timeoutMs?: number;
  readonly pollMs?: number;
  /** For it to handle all that it owes once load is over, milliseconds. */
  readonly doneMs?: number;
  readonly env?: Readonly<Record<string, string>>;
};
/** Enhanced fan-out. Targets without it leave the scenario out. */
export type SubscribeToShardInput = {
  readonly name?: string;
  readonly from?: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  readonly consumerName?: string;
  /** Behind the load, beside the final reader: what both were given must agree. */
  readonly final?: boolean;
  readonly startAfterAcked?: number;
  /** For the consumer to become ACTIVE, milliseconds. */
  readonly registerMs?: number;
};
export type ConsumerInput =
  | ({ readonly type: 'getRecords' } & GetRecordsInput)
  | ({ readonly type: 'subscribeToShard' } & SubscribeToShardInput)
  | ({ readonly type: 'command' } & SubjectCommandInput)
  | ({ readonly type: 'eventSourceMapping' } & EventSourceMappingInput);

/** A fault as plain data; `FaultInput` of the registry knows each by its type. */
export type AnyFaultInput = { readonly type: string; readonly [option: string]: unknown };

export type AtDelivered = {
  /** `app/1`: the first instance of the consumer app. */
  readonly of: string;
  readonly afterDelivered: number;
};
export type KillConsumerInput = AtDelivered & {
  /** Left out: where it is the only instance. */
  readonly restart?: boolean;
};
export type PauseConsumerInput = AtDelivered & { readonly untilOwner?: string };
/** What is done to a consumer under test. */
export type ActInput =
  | ({ readonly type: 'kill-consumer' } & KillConsumerInput)
  | ({ readonly type: 'pause-consumer' } & PauseConsumerInput)
  | ({ readonly type: 'restart-consumer' } & AtDelivered);

export type ReshardInput =
  | {
      readonly action: 'SplitShard' | 'MergeShards';
      readonly afterAcked: number;
      /** Index among the open shards, ordered by range, or its name. */
      readonly shard?: number | string;
    }
  | { readonly action: 'UpdateShardCount' | 'UpdateStack'; readonly afterAcked: number; readonly target: number };
