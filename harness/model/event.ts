/**
 * History format 1: one type for each line. `docs/history-format.md` says what each means to the judge.
 * `t` and `t0` are integer microseconds since the start of the run; sequence numbers and hash keys are decimal strings.
 */
export type Deviation = {
  readonly id: string;
  readonly anomaly: string;
  /** Matched against the finding's own evidence, field by field (`kind` is among them): never just a name. */
  readonly when: Readonly<Record<string, unknown>>;
  readonly sentence: string;
};

export type Head = {
  readonly type: 'head';
  readonly format: 'kinesis-order-history';
  readonly version: 1;
  readonly run: string;
  readonly startedAt?: string;
  readonly seed?: string;
  readonly recorded?: readonly ('puts' | 'pages')[];
  readonly stream?: {
    readonly name?: string;
    readonly mode?: 'PROVISIONED' | 'ON_DEMAND';
    readonly distribution?: 'USER_PARTITION_KEY' | 'AUTO';
    readonly retentionHours?: number;
    readonly maxRecordSizeKiB?: number;
    readonly shared?: boolean;
    /** On a stream with a past: by open shard, the number behind which the run begins. */
    readonly presentEnd?: Readonly<Record<string, string>>;
  };
  readonly target?: { readonly engine?: string; readonly version?: string; readonly deviations?: readonly Deviation[] };
  readonly tolerances?: { readonly settleMs?: number; readonly skewMs?: number; readonly clockSkewMs?: number };
  /** Whose promise is judged: what AWS documents (default), or whether each key's order reaches its readers. */
  readonly question?: 'service' | 'pipeline';
  /** Who wrote the file, and so what the time of a put means. */
  readonly recorder?: 'harness' | 'proxy' | 'middleware' | 'import';
  /** How `n` is to be read. Absent: dense from 0 per producer and key. Present without `counter`: sparse. */
  readonly identity?: HeadIdentity;
  /** The resolved scenario, as JSON. The judge reads `expect`, `reshard` and `faults` of it, and nothing else. */
  readonly scenario?: Readonly<Record<string, unknown>>;
  readonly versions?: Readonly<Record<string, string>>;
};

export type HeadIdentity = {
  readonly from: 'json' | 're' | 'module' | 'none';
  readonly counter?: 'dense' | 'sparse';
  /** The smallest number. */
  readonly first?: number;
  /** What one counter counts over. */
  readonly scope?: 'producer-key' | 'key' | 'producer';
};

export type ShardInfo = {
  readonly shard: string;
  /** First and last hash key, both included. */
  readonly range: readonly [string, string];
  /** None, one (split) or two (merge: ParentShardId, AdjacentParentShardId). */
  readonly parents: readonly string[];
  /** Starting and ending sequence number; the ending one is null while the shard is open. */
  readonly seq: readonly [string, string | null];
};

export type TopologyEvent = {
  readonly t: number;
  readonly type: 'topology';
  readonly status?: string;
  readonly shards: readonly ShardInfo[];
};

export type PutApi = 'PutRecord' | 'PutRecords';

export type PutEntryEvent = {
  readonly key: string;
  readonly n?: number;
  readonly digest?: string;
  readonly bytes?: number;
  /** ExplicitHashKey. */
  readonly hash?: string;
  /** SequenceNumberForOrdering. */
  readonly after?: string;
  /** Index into `parts`: the Kinesis record that carries this user record. */
  readonly part?: number;
  /** What must be in order, if it is not the partition key. */
  readonly flow?: string;
  /** Overrides the put's producer. */
  readonly producer?: string;
};

export type PutPart = { readonly key: string; readonly hash?: string };

export type PutEvent = {
  readonly t: number;
  readonly type: 'put';
  readonly op: number;
  readonly producer?: string;
  readonly api: PutApi;
  readonly attempt?: number;
  /** Evidence where the recorder is proxy or middleware: the sender did not receive the answer of that op. */
  readonly retryOf?: number;
  /** When the application wanted the put sent: microseconds, the clock of `t`. */
  readonly due?: number;
  /** The harness's end marker of a shard, never workload. */
  readonly role?: 'sentinel';
  readonly parts?: readonly PutPart[];
  readonly entries: readonly PutEntryEvent[];
};

export type PutResult =
  | { readonly shard: string; readonly seq: string; readonly sub?: number }
  | { readonly error: string; readonly message?: string };

export type AckEvent = {
  readonly t: number;
  readonly type: 'ack';
  readonly op: number;
  readonly outcome: 'ok' | 'fail' | 'info';
  /** One an entry, in their order; only when `outcome` is ok. */
  readonly results?: readonly PutResult[];
  readonly error?: string;
  readonly message?: string;
  readonly requestId?: string;
  /** How often the client sent this call by itself. */
  readonly attempts?: number;
};

export type ReaderRole = 'live' | 'final' | 'subject';

export type ReaderEvent = {
  readonly t: number;
  readonly type: 'reader';
  readonly reader: string;
  readonly role?: ReaderRole;
  /** Readers of one group are one application. */
  readonly group?: string;
  /** A live reader that shows what the client of that subject fetched. */
  readonly of?: string;
};

export type ReadRecord = {
  readonly seq: string;
  readonly sub?: number;
  readonly key?: string;
  readonly idKey?: string;
  /** What must be in order, if it is not the partition key. */
  readonly flow?: string;
  readonly producer?: string;
  readonly n?: number;
  readonly digest?: string;
  readonly bytes?: number;
  /** ApproximateArrivalTimestamp, Unix milliseconds. Never evidence. */
  readonly arrival?: number;
};

export type IteratorStart = {
  readonly type:
    | 'TRIM_HORIZON'
    | 'LATEST'
    | 'AT_SEQUENCE_NUMBER'
    | 'AFTER_SEQUENCE_NUMBER'
    | 'AT_TIMESTAMP'
    | 'UNKNOWN';
  readonly seq?: string;
  /** AT_TIMESTAMP: Unix milliseconds. */
  readonly at?: number;
  /** GetShardIterator: asked at, answered at. */
  readonly t0?: number;
  readonly t?: number;
};

export type PageEvent = {
  readonly t: number;
  /** When the page was asked. */
  readonly t0?: number;
  readonly type: 'page';
  readonly reader: string;
  readonly chain: number;
  readonly shard: string;
  /** On the first page of a chain. */
  readonly from?: IteratorStart;
  readonly records?: readonly ReadRecord[];
  /** MillisBehindLatest. */
  readonly behind?: number;
  /** Whether a next iterator came. */
  readonly more?: boolean;
  readonly children?: readonly string[];
  readonly continuation?: string;
  readonly error?: string;
  readonly message?: string;
};

export type ReshardEvent = {
  readonly t: number;
  readonly type: 'reshard';
  readonly id: number;
  readonly phase: 'invoke' | 'ok' | 'fail' | 'info';
  readonly action?: 'SplitShard' | 'MergeShards' | 'UpdateShardCount';
  readonly shards?: readonly string[];
  readonly newStartingHashKey?: string;
  readonly target?: number;
  /** Who called UpdateShardCount, where it was a stack and not the harness. */
  readonly via?: 'UpdateStack';
  readonly error?: string;
  readonly message?: string;
};

export type FaultEvent = {
  readonly t: number;
  readonly type: 'fault';
  readonly fault: string;
  readonly phase: 'armed' | 'fired' | 'never-fired';
  /** Tells two armed faults of one name apart; the judge counts by (fault, id). */
  readonly id?: number;
  readonly op?: number;
  readonly detail?: Readonly<Record<string, unknown>>;
};

export type PhaseEvent = {
  readonly t: number;
  readonly type: 'phase';
  readonly phase: 'load' | 'heal' | 'seal' | 'drain' | 'done';
};

export type NoteEvent = { readonly t: number; readonly type: 'note'; readonly text: string };

export type EndEvent = {
  readonly t: number;
  readonly type: 'end';
  readonly reason: 'completed' | 'interrupted' | 'failed';
  readonly error?: string;
};

/** Every line but the head. */
export type HistoryEvent =
  | TopologyEvent
  | PutEvent
  | AckEvent
  | ReaderEvent
  | PageEvent
  | ReshardEvent
  | FaultEvent
  | PhaseEvent
  | NoteEvent
  | EndEvent;

type Unstamped<E> = E extends unknown ? Omit<E, 't'> : never;
/** An event as running hands it over: the recorder stamps `t`. */
export type EventBody = Unstamped<HistoryEvent>;
