import type { Variant } from '../lib/variant.ts';

/**
 * One call as the gateway sees it: a put (PutRecord, PutRecords) or a read (GetRecords, SubscribeToShard).
 * `producer` is one of this tool's own, or the name of the listener that the call came through; `call` counts that
 * producer's puts, and apart from them its reads, from 1.
 */
export type ProxiedCall = {
  readonly api: string;
  readonly op?: number;
  readonly producer?: string;
  readonly call: number;
  /** The decoded request with AWS field names: blobs are Uint8Array, timestamps are Date, whatever the protocol. */
  readonly body: Readonly<Record<string, unknown>>;
};

/**
 * What goes back to the client. `drop`: its connection is closed without an answer, over HTTP/2 the session. A
 * subscription is an answer with an empty body.
 */
export type ProxiedAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'drop' };

export type Forward = (body: Readonly<Record<string, unknown>>) => Promise<ProxiedAnswer>;

export type FaultTools = {
  /** Tells the history that the fault fired, once for each firing. */
  readonly fired: (call: ProxiedCall, detail?: Readonly<Record<string, unknown>>) => void;
  /** Work that goes on after the client was answered; heal waits for it. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /**
   * Resolves when the n-th later put call of the same producer was answered, or at heal. Faults wait for events,
   * never for time.
   */
  readonly afterLater: (call: ProxiedCall, calls: number) => Promise<void>;
};

/** Armed: an interceptor. It must pass on every call that it does not concern, untouched. */
export type ArmedFault = (call: ProxiedCall, forward: Forward) => Promise<ProxiedAnswer>;

/** One fault a file, one line in `registry.ts`: its options make something that can be armed. */
export type Fault = Variant<(tools: FaultTools) => ArmedFault>;
