import type { Random } from '../lib/random.ts';
import type { Variant } from '../lib/variant.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { FaultFacts } from './fault-facts.ts';

/**
 * What a call does. `put`: PutRecord, PutRecords. `read`: GetRecords, SubscribeToShard. `iterator`: GetShardIterator.
 * `list`: ListShards, DescribeStream. `describe`: DescribeStreamSummary. `reshard`: SplitShard, MergeShards,
 * UpdateShardCount.
 */
export type CallKind = 'put' | 'read' | 'iterator' | 'list' | 'describe' | 'reshard';

/**
 * One call as the gateway sees it. `client` is one of this tool's own (a producer, a reader), or the name of the
 * listener that the call came through; `call` counts that client's calls of this kind, from 1, retries included.
 */
export type ProxiedCall = {
  readonly api: string;
  readonly kind: CallKind;
  readonly op?: number;
  readonly client?: string;
  readonly call: number;
  /** Its name, where the call tells it: StreamName, StreamARN, or the iterator. */
  readonly stream?: string;
  /** Of a read: the shard, and the index of the read among this client's reads of the shard, from 1. */
  readonly shard?: string;
  readonly shardCall?: number;
  /** The decoded request with AWS field names: blobs are Uint8Array, timestamps are Date, whatever the protocol. */
  readonly body: Shape;
};

export type Shape = Readonly<Record<string, unknown>>;

/** An answer of the engine, or one that a fault has made. A subscription is an answer with an empty body. */
export type Answer = { readonly kind: 'answer'; readonly status: number; readonly body: Shape };

/**
 * What goes back to the client. `drop`: its connection is closed without an answer, over HTTP/2 the session. `reset`:
 * the same with a TCP reset. `cut`: the answer's head and half of its body, then the end of the connection. `stream`:
 * the events of the subscription that `answer` began, for as long as `next` lets them pass.
 */
export type ProxiedAnswer =
  | Answer
  | { readonly kind: 'drop' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly answer: Answer }
  | { readonly kind: 'stream'; readonly answer: Answer; readonly next: (event: Shape) => EventFate };

/** `end`: the stream is over in front of this event. `error`: so, with an exception of that name. */
export type EventFate =
  | { readonly kind: 'pass' }
  | { readonly kind: 'end' }
  | { readonly kind: 'error'; readonly name: string; readonly message: string };

/** Sends a call on. `api`: another operation in its place, with the same credentials. */
export type Forward = (body: Shape, api?: string) => Promise<ProxiedAnswer>;

export type FaultTools = {
  /** Tells the history that the fault fired, once for each firing. */
  readonly fired: (call: ProxiedCall, detail?: Shape) => void;
  /** Work that goes on after the client was answered; heal waits for it. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /**
   * Resolves when the n-th later put call of the same client was answered, or at heal. Faults wait for events,
   * never for time.
   */
  readonly afterLater: (call: ProxiedCall, calls: number) => Promise<void>;
  /** Resolves when the client has had no other put under way for so long, milliseconds; or at heal. */
  readonly untilAlone: (call: ProxiedCall, ms: number) => Promise<void>;
  /** Resolves after so many milliseconds, or at heal. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
  /** From heal on, no fault fires. Only one that `lasts` is asked after it. */
  readonly isHealed: () => boolean;
  /** Of the run. */
  readonly seed?: string;
  /** Whose calls are meant where the options name nobody. Absent: everybody's. */
  readonly client?: string;
};

/** Armed: an interceptor. It must pass on every call that it does not concern, untouched. */
export type ArmedFault = (call: ProxiedCall, forward: Forward) => Promise<ProxiedAnswer>;

/** `documented`: AWS says that it happens. `permitted`: no sentence forbids it. */
export type Legal = {
  readonly grade: 'documented' | 'permitted';
  readonly sentence: string;
  readonly source: string;
};

/** One fault a file, one line in a registry: its options make something that can be armed. */
export type Fault = Variant<(tools: FaultTools) => ArmedFault> & {
  readonly type: string;
  /** The calls by whose count it begins. */
  readonly at: FiringPoint;
  /** What a client may meet at any time. */
  readonly legal?: Legal;
  /** What AWS rules out: the claims that must find it. */
  readonly planted?: readonly AnomalyId[];
  /** It concerns later calls, too. */
  readonly spans?: true;
  /** It spans, and is asked after heal, too: what it has told a client stays true. */
  readonly lasts?: true;
  /** How the stream then distributes records: the head of a history says so, and claims about keys are unknown. */
  readonly switchesTo?: 'AUTO';
  /** What it cannot be combined with. */
  readonly conflicts?: (options: never, facts: FaultFacts) => readonly string[];
  /**
   * For the adversary: the options of a firing at this call, without its position; undefined where it does not apply.
   * Absent: the adversary does not use it.
   */
  readonly draw?: (random: Random, call: ProxiedCall) => Shape | undefined;
};

/** `any`: calls of every kind. */
export type FiringPoint = 'put' | 'read' | 'list' | 'reshard' | 'any';
