/*
 * History format 1: one type for each line. `docs/history-format.md` says what each means to the judge. `t` and `t0`
 * are integer microseconds since the start of the run; sequence numbers and hash keys are decimal strings.
 */

import type { Question } from './expectations.ts';

/** One of several drivers of a run. It writes the keys of its part of the hash space, and reads the records there. */
export type Slice = {
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** The same for all slices of a run, and for no other run on that target. */
  readonly group: string;
};

/** A known difference of an engine from AWS. */
export type Deviation = {
  readonly id: string;
  readonly anomaly: string;
  /** Compared with the finding's own evidence, field by field (`kind` is among them). The name alone never matches. */
  readonly when: Readonly<Record<string, unknown>>;
  readonly sentence: string;
};

/**
 * Who wrote the file, and so what the time of a put means. `import`: the order of lines need not be the order of
 * sending.
 */
export type RecorderKind = 'harness' | 'proxy' | 'middleware' | 'import';

/** How `n` is to be read. Object absent: dense from 0 per producer and key; present without `counter`: sparse. */
export type Identity = {
  /** none: n is only the order of first sending. */
  readonly from?: 'json' | 're' | 'module' | 'none';
  /** sparse: only the order of n counts, so no number is missing. */
  readonly counter?: 'dense' | 'sparse';
  /** The smallest number: 0 where it is absent. */
  readonly first?: number;
  /** What one counter counts over. `key`: over all producers of the key; `producer`: over all keys of the producer. */
  readonly scope?: 'producer-key' | 'key' | 'producer';
};

export type Head = {
  readonly type: 'head';
  readonly format: 'kinesis-order-history';
  readonly version: 1;
  readonly run: string;
  readonly startedAt?: string;
  readonly seed?: string;
  /** Of a run that several drivers share: which part of the hash space this one wrote and read. */
  readonly slice?: Slice;
  readonly recorded?: readonly ('puts' | 'pages')[];
  readonly stream?: {
    readonly name?: string;
    readonly mode?: 'PROVISIONED' | 'ON_DEMAND';
    readonly distribution?: 'USER_PARTITION_KEY' | 'AUTO';
    readonly retentionHours?: number;
    readonly maxRecordSizeKiB?: number;
    readonly shared?: boolean;
    /** On a stream with older records: by open shard, the number behind which the run begins. */
    readonly presentEnd?: Readonly<Record<string, string>>;
  };
  readonly target?: { readonly engine?: string; readonly version?: string; readonly deviations?: readonly Deviation[] };
  readonly question?: Question;
  readonly recorder?: RecorderKind;
  /** none: no times are known, `t` is the line index. */
  readonly clock?: 'none';
  readonly identity?: Identity;
  /** clockSkewMs: the largest difference between the clocks of the machines whose logs were merged. */
  readonly tolerances?: { readonly settleMs?: number; readonly skewMs?: number; readonly clockSkewMs?: number };
  /** The resolved scenario, as JSON. The judge reads `expect`, `reshard` and `faults` of it, and nothing else. */
  readonly scenario?: Readonly<Record<string, unknown>>;
  /** Only if `recorder` is import: what the file was made of, and what its sources cannot tell. */
  readonly import?: ImportNote;
  readonly versions?: Readonly<Record<string, string>>;
};

export type ImportNote = {
  readonly format: string;
  /** Names, without their folders. */
  readonly files: readonly string[];
  readonly lacks: readonly string[];
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
  /** Empty where the line has none: a stream may distribute records by itself (AUTO). */
  readonly key: string;
  /** What must be in order, if it is not the partition key. In the record's identity it replaces `key`. */
  readonly flow?: string;
  /** Overrides the put's producer. */
  readonly producer?: string;
  readonly n?: number;
  readonly digest?: string;
  readonly bytes?: number;
  /** ExplicitHashKey. */
  readonly hash?: string;
  /** SequenceNumberForOrdering. */
  readonly after?: string;
  /** Index into `parts`: the Kinesis record that carries this user record. */
  readonly part?: number;
  /** When this record was due, if records of the call were due at different times. Absent: at the put's `due`. */
  readonly due?: number;
};

export type PutPart = { readonly key: string; readonly hash?: string };

export type PutEvent = {
  readonly t: number;
  readonly type: 'put';
  readonly op: number;
  readonly producer?: string;
  readonly api: PutApi;
  readonly attempt?: number;
  /** Where `recorder` is proxy or middleware: the sender did not receive the answer of that op. */
  readonly retryOf?: number;
  /** When the application wanted the first record of the put sent: microseconds, same clock as `t`. */
  readonly due?: number;
  /** The harness's end marker of a shard, never workload. */
  readonly role?: 'sentinel';
  readonly parts?: readonly PutPart[];
  readonly entries: readonly PutEntryEvent[];
  /** As in `PageEvent`. */
  readonly file?: number;
  readonly lines?: string;
};

export type PutResult =
  | { readonly shard: string; readonly seq: string; readonly sub?: number }
  | { readonly error: string; readonly message?: string };

export type AckEvent = {
  readonly t: number;
  readonly type: 'ack';
  readonly op: number;
  readonly outcome: 'ok' | 'fail' | 'info';
  /** One per entry, in their order. Only if `outcome` is ok. */
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
  /** A live reader that shows what the client of this subject fetched. */
  readonly of?: string;
  readonly owes?: Owes;
  /** The reader leaves out records by design. */
  readonly filter?: boolean;
  /** kcl: by design it drops a whole aggregate if one user record lies outside the shard's hash range. */
  readonly aggregates?: 'kcl' | 'raw';
};

/** What an application has to handle. */
export type Owes = {
  readonly from?: 'TRIM_HORIZON' | 'LATEST' | { readonly at: number };
  readonly shards?: 'all' | readonly string[];
  readonly until?: 'done' | 'acked';
};

export type ReadRecord = {
  readonly seq: string;
  readonly sub?: number;
  readonly key?: string;
  readonly flow?: string;
  readonly idKey?: string;
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
  /** Resumed inside an aggregate: what the reader already had of it is not owed again. */
  readonly sub?: number;
  /** AT_TIMESTAMP: Unix milliseconds. */
  readonly at?: number;
  /** GetShardIterator: asked at, answered at. */
  readonly t0?: number;
  readonly t?: number;
};

export type PageEvent = {
  readonly t: number;
  /** When the page was requested. */
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
  /** Whether there is a NextShardIterator. */
  readonly more?: boolean;
  readonly children?: readonly string[];
  /** Who handled the page inside the reader's group. Lanes distribute by key. */
  readonly worker?: string;
  readonly lane?: string | number;
  /** Only if `recorder` is import: which of the files (from 0), and its lines with the records (`OwnLines`). */
  readonly file?: number;
  readonly lines?: string;
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
  /** Set if a stack called UpdateShardCount, not the harness. */
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

/** What an application under test reported about itself. */
export type SubjectEvent = {
  readonly t: number;
  readonly type: 'subject';
  readonly reader: string;
  readonly event: 'start' | 'done' | 'failed' | 'checkpoint' | 'discard' | 'lost' | 'end' | 'complete';
  readonly worker?: string;
  readonly shard?: string;
  readonly seq?: string;
  readonly sub?: number;
  readonly at?: string | number;
  readonly to?: string;
  readonly message?: string;
};

export type EndEvent = {
  readonly t: number;
  readonly type: 'end';
  readonly reason: 'completed' | 'interrupted' | 'failed';
  readonly error?: string;
  /** Records that were handed to producers and are in no put. */
  readonly neverSent?: number;
  /** Of an import: lines of its files that could not be read. */
  readonly leftOut?: number;
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
  | SubjectEvent
  | EndEvent;

/** Every line. */
export type HistoryLine = Head | HistoryEvent;

type Unstamped<E> = E extends unknown ? Omit<E, 't'> : never;
/** An event as running hands it over: the recorder stamps `t`. */
export type EventBody = Unstamped<HistoryEvent>;
