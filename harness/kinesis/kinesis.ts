import type { ShardInfo } from '../model/event.ts';

/**
 * The Kinesis API as this tool uses it: plain values in and out. Only code behind this type knows the SDK. Two
 * clients implement it: the measured one (`maxAttempts: 1`, put and read) and the patient one (set-up, reshards,
 * tear-down). Data-plane calls never throw for an answer of the service: the outcome is a value. Control-plane calls
 * throw `HarnessError('target')` with the call, the error's name and the engine's own message.
 */
export type PutEntry = { readonly data: Uint8Array; readonly key: string; readonly hash?: string };
export type PutEntryResult =
  | { readonly shard: string; readonly seq: string }
  | { readonly error: string; readonly message?: string };

/**
 * ok: answered, with one result for each entry. fail: definitely no effect. info: unknown outcome. The table in
 * `model/sure-errors.ts` decides.
 */
export type PutOutcome =
  | { readonly outcome: 'ok'; readonly results: readonly PutEntryResult[]; readonly requestId?: string }
  | {
      readonly outcome: 'fail' | 'info';
      readonly error: string;
      readonly message?: string;
      readonly requestId?: string;
    };

/**
 * Sent as headers if, and only if, the call goes through the tool's gateway, so that faults count a producer's calls
 * in the order of their sending, not of their arrival.
 */
export type CallTag = {
  readonly op: number;
  readonly producer: string;
  /** The 1-based index of the put call among this producer's calls, retries included. */
  readonly call: number;
};

export type CallOptions = { readonly signal?: AbortSignal; readonly tag?: CallTag };

export type IteratorRequest = {
  readonly type: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER' | 'AT_TIMESTAMP';
  readonly seq?: string;
  /** AT_TIMESTAMP: Unix milliseconds. */
  readonly at?: number;
};

export type RawRecord = {
  readonly seq: string;
  /** PartitionKey. Absent where the stream distributes records by itself (AUTO), and the writer gave none. */
  readonly key?: string | undefined;
  readonly data: Uint8Array;
  /** ApproximateArrivalTimestamp, Unix milliseconds. */
  readonly arrival?: number;
};

export type ReadFailure = { readonly ok: false; readonly error: string; readonly message?: string };
export type Page = {
  readonly ok: true;
  readonly records: readonly RawRecord[];
  /** NextShardIterator; undefined at the end of a closed shard. */
  readonly next?: string;
  readonly behind?: number;
  readonly children?: readonly string[];
};

export type DataPlane = {
  readonly putRecord: (
    put: PutEntry & { readonly stream: string; readonly after?: string },
    options?: CallOptions,
  ) => Promise<PutOutcome>;
  readonly putRecords: (
    put: { readonly stream: string; readonly entries: readonly PutEntry[] },
    options?: CallOptions,
  ) => Promise<PutOutcome>;
  readonly getShardIterator: (
    request: IteratorRequest & { readonly stream: string; readonly shard: string },
    options?: CallOptions,
  ) => Promise<{ readonly ok: true; readonly iterator: string } | ReadFailure>;
  readonly getRecords: (
    request: { readonly iterator: string; readonly limit?: number },
    options?: CallOptions,
  ) => Promise<Page | ReadFailure>;
};

/** One event of a subscription. Without `continuation` the shard is at its end. */
export type SubscriptionEvent = {
  readonly ok: true;
  readonly records: readonly RawRecord[];
  readonly continuation?: string;
  readonly behind?: number;
  readonly children?: readonly string[];
};

/** Enhanced fan-out. `consumer` is the ARN of a registered consumer. */
export type FanOut = {
  /** Resolves with the ARN when the consumer is ACTIVE; throws HarnessError('target') at the deadline. */
  readonly registerConsumer: (stream: string, name: string, deadlineMs: number, signal: AbortSignal) => Promise<string>;
  readonly deregisterConsumer: (consumer: string) => Promise<void>;
  /** An error of the subscription is its last event. The signal ends it. */
  readonly subscribe: (
    request: IteratorRequest & { readonly consumer: string; readonly shard: string },
    signal: AbortSignal,
  ) => Promise<{ readonly ok: true; readonly events: AsyncIterable<SubscriptionEvent | ReadFailure> } | ReadFailure>;
};

export type StreamSpec = {
  readonly name: string;
  readonly shards: number;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly tags: Readonly<Record<string, string>>;
  /** MaxRecordSizeInKiB. */
  readonly maxRecordSizeKiB?: number;
  readonly recordDistributionStrategy?: 'USER_PARTITION_KEY' | 'AUTO';
};

export type StreamSummary = {
  readonly status: string;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  /** RecordDistributionStrategy; USER_PARTITION_KEY if the engine does not report it. */
  readonly distribution: 'USER_PARTITION_KEY' | 'AUTO';
  readonly retentionHours: number;
  readonly openShards: number;
  /** UpdateMaxRecordSize takes an ARN, not a name. */
  readonly arn: string;
  /** The KMS key that encrypts records; undefined if they are not encrypted. */
  readonly encryptionKey?: string;
  /** Undefined if the engine does not report it. */
  readonly maxRecordSizeKiB?: number;
};

export type ControlPlane = {
  readonly createStream: (spec: StreamSpec) => Promise<void>;
  readonly deleteStream: (name: string) => Promise<void>;
  readonly describe: (name: string) => Promise<StreamSummary>;
  /** All pages, with closed shards and parents. */
  readonly listShards: (name: string) => Promise<readonly ShardInfo[]>;
  readonly listStreams: () => Promise<readonly string[]>;
  readonly listTags: (name: string) => Promise<Readonly<Record<string, string>>>;
  readonly addTags: (name: string, tags: Readonly<Record<string, string>>) => Promise<void>;
  readonly splitShard: (name: string, shard: string, newStartingHashKey: string) => Promise<void>;
  readonly mergeShards: (name: string, shard: string, adjacent: string) => Promise<void>;
  readonly updateShardCount: (name: string, target: number) => Promise<void>;
  readonly increaseRetention: (name: string, hours: number) => Promise<void>;
  readonly startEncryption: (name: string, key: string) => Promise<void>;
  readonly updateMaxRecordSize: (arn: string, kib: number) => Promise<void>;
  /** Resolves when the stream is ACTIVE (or gone), polled; throws at the deadline naming the last status. */
  readonly waitActive: (name: string, deadlineMs: number, signal?: AbortSignal) => Promise<StreamSummary>;
  readonly waitGone: (name: string, deadlineMs: number) => Promise<void>;
};

export type Kinesis = DataPlane & ControlPlane & FanOut & { readonly close: () => void };

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type ClientOptions = {
  readonly endpoint?: string;
  readonly region: string;
  readonly credentials?: Credentials | (() => Promise<Credentials>);
  /** AWS only; every emulator gets HTTP/1.1. */
  readonly http2?: boolean;
  /** The timeout of one call, milliseconds. */
  readonly requestTimeoutMs: number;
  readonly maxSockets?: number;
  /** Sent to the tool's gateway with each call. */
  readonly name?: string;
};
