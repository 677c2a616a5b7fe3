import type { Random } from '../lib/random.ts';
import type { Variant } from '../lib/variant.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { FaultFacts } from './fault-facts.ts';

/**
 * The kind of a call. `put`: PutRecord, PutRecords. `read`: GetRecords, SubscribeToShard. `iterator`:
 * GetShardIterator. `list`: ListShards, DescribeStream. `describe`: DescribeStreamSummary. `reshard`: SplitShard,
 * MergeShards, UpdateShardCount.
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
  /** The name of the stream, if the call tells it: StreamName, StreamARN, or the iterator. */
  readonly stream?: string;
  /** For a read: its shard, and its index among this client's reads of the shard, from 1. */
  readonly shard?: string;
  readonly shardCall?: number;
  /** The decoded request with AWS field names: blobs are Uint8Array, timestamps are Date, whatever the protocol. */
  readonly body: Shape;
};

export type Shape = Readonly<Record<string, unknown>>;

/** An answer of the engine or of a fault. The answer of a subscription has an empty body. */
export type Answer = { readonly kind: 'answer'; readonly status: number; readonly body: Shape };

/**
 * What the client gets. `drop`: its connection is closed without an answer, over HTTP/2 the session. `reset`: the same
 * with a TCP reset. `cut`: the answer's head and half of its body, then the connection is closed. `stream`: the events
 * of the subscription that `answer` began, as long as `next` lets them pass.
 */
export type ProxiedAnswer =
  | Answer
  | { readonly kind: 'drop' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly answer: Answer }
  | { readonly kind: 'stream'; readonly answer: Answer; readonly next: (event: Shape) => EventFate };

/**
 * What happens to an event. `pass`: it is forwarded. `end`: the stream ends before this event. `error`: the stream
 * ends before it, with an exception of that name.
 */
export type EventFate =
  | { readonly kind: 'pass' }
  | { readonly kind: 'end' }
  | { readonly kind: 'error'; readonly name: string; readonly message: string };

/** Forwards a call. `api`: sends this operation instead, with the same credentials. */
export type Forward = (body: Shape, api?: string) => Promise<ProxiedAnswer>;

export type FaultTools = {
  /** Writes to the history that the fault fired. Call it once for each firing. */
  readonly fired: (call: ProxiedCall, detail?: Shape) => void;
  /** Registers work that continues after the client was answered; heal waits for it. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /**
   * Resolves when this many later put calls of the same client were answered, or at heal. So faults wait for events,
   * never for time.
   */
  readonly afterLater: (call: ProxiedCall, calls: number) => Promise<void>;
  /** Resolves when the client had no other put in flight for this many milliseconds, or at heal. */
  readonly untilAlone: (call: ProxiedCall, ms: number) => Promise<void>;
  /** Resolves after this many milliseconds, or at heal. */
  readonly sleep: (ms: number) => Promise<void>;
  /** The time of a monotonic clock, milliseconds. */
  readonly now: () => number;
  /** True from heal on: then no fault fires. Only a fault that `lasts` still gets calls. */
  readonly isHealed: () => boolean;
  /** The seed of the run. */
  readonly seed?: string;
  /** The client whose calls are affected if the options name none. Absent: all clients. */
  readonly client?: string;
};

/** An armed fault is an interceptor. It must forward every other call untouched. */
export type ArmedFault = (call: ProxiedCall, forward: Forward) => Promise<ProxiedAnswer>;

/** Why a fault is legal. `documented`: AWS says that it happens. `permitted`: no sentence of AWS forbids it. */
export type Legal = {
  readonly grade: 'documented' | 'permitted';
  readonly sentence: string;
  readonly source: string;
};

/** A fault: one file, and one line in a registry. Its options make an interceptor that can be armed. */
export type Fault = Variant<(tools: FaultTools) => ArmedFault> & {
  readonly type: string;
  /** The kind of calls whose count decides when it fires. */
  readonly at: FiringPoint;
  /** Present for a fault that AWS allows at any time. */
  readonly legal?: Legal;
  /** Present for a lie, which AWS rules out: the claims that must find it. */
  readonly planted?: readonly AnomalyId[];
  /** True if it also affects later calls. */
  readonly spans?: true;
  /** True if it spans, and also gets calls after heal, so that what it told a client stays true. */
  readonly lasts?: true;
  /**
   * How the stream distributes records after the fault. The head of a history says so, and claims about keys are
   * unknown.
   */
  readonly switchesTo?: 'AUTO';
  /** The reasons why it cannot fire in this scenario; empty if it can. */
  readonly conflicts?: (options: never, facts: FaultFacts) => readonly string[];
  /**
   * For the adversary: draws the options of a firing at this call, without its position; undefined if the fault does
   * not apply to it. Absent: the adversary does not use the fault.
   */
  readonly draw?: (random: Random, call: ProxiedCall) => Shape | undefined;
};

/** `any`: calls of every kind. */
export type FiringPoint = 'put' | 'read' | 'list' | 'reshard' | 'any';
