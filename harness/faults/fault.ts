import type { Variant } from '../lib/variant.ts';

/** One call as the proxy sees it. `call` counts the put calls of its producer from 1 (of the API, where no producer is told). */
export type ProxiedCall = {
  readonly api: string;
  readonly op?: number;
  readonly producer?: string;
  readonly call: number;
  /** The decoded request (JSON), AWS field names. */
  readonly body: Readonly<Record<string, unknown>>;
};

/** What goes back to the client. `drop`: the connection is closed without an answer. */
export type ProxiedAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'drop' };

export type Forward = (body: Readonly<Record<string, unknown>>) => Promise<ProxiedAnswer>;

export type FaultTools = {
  /** Tells the history that the fault fired, once for each firing. */
  readonly fired: (call: ProxiedCall, detail?: Readonly<Record<string, unknown>>) => void;
  /** Work that goes on after the client was answered; heal waits for it. */
  readonly inBackground: (work: Promise<unknown>) => void;
  /** Resolves when the n-th later put call of the same producer was answered, or at heal. Faults wait for events, never for time. */
  readonly afterLater: (call: ProxiedCall, calls: number) => Promise<void>;
};

/** Armed: an interceptor. It must pass on every call that it does not concern, untouched. */
export type ArmedFault = (call: ProxiedCall, forward: Forward) => Promise<ProxiedAnswer>;

/** One fault a file, one line in `registry.ts`: its options make something that can be armed. */
export type Fault = Variant<(tools: FaultTools) => ArmedFault>;
