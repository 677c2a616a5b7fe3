/**
 * One API call as it crossed the wire, decoded. Blobs are Uint8Array and timestamps are Date, whatever the protocol
 * (JSON 1.1, CBOR 1.1).
 */
export type ApiCall = {
  /** The index among all calls of the gateway, from 1. */
  readonly id: number;
  /** The name of the listener it came through. It is the command's name, so the tap knows the producer. */
  readonly port: string;
  /** Kinesis operation: PutRecord, GetRecords, … */
  readonly operation: string;
  /** The request with AWS field names. Empty if the body could not be decoded. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The StreamName of `input`, if it was found without decoding the body. */
  readonly streamName?: string | undefined;
  /** From the credential scope of the Authorization header; never the signature or a token. */
  readonly scope: CredentialScope;
  /** The header amz-sdk-invocation-id: an AWS SDK sends the same value with all attempts of a call. */
  readonly invocationId: string | undefined;
  /** From the header amz-sdk-request: attempt=. */
  readonly attempt: number | undefined;
  /** The size of the body on the wire. */
  readonly bytes: number;
  /** Set by this tool's own clients (headers x-kinesis-order-call, -op and -producer), else undefined. */
  readonly tag: CallOrigin | undefined;
};

export type CredentialScope = { readonly region: string | undefined; readonly accessKeyId: string | undefined };

/**
 * The origin of a call: its producer, its `op` in the history, and its index `call` among the producer's calls, from
 * 1. A value is undefined if the client did not send it.
 */
export type CallOrigin = {
  readonly op: number | undefined;
  readonly producer: string | undefined;
  readonly call: number | undefined;
};

/**
 * `lost`: the engine sent no readable answer, or the answer did not reach the client (a fault dropped it, or the client
 * had disconnected).
 */
export type ApiAnswer =
  | {
      readonly kind: 'ok';
      readonly status: number;
      readonly output: Readonly<Record<string, unknown>>;
      readonly requestId: string | undefined;
    }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: string;
      readonly message: string | undefined;
      readonly requestId: string | undefined;
    }
  | {
      readonly kind: 'lost';
      readonly message: string;
      /** False if no connection to the engine was made: then the call definitely had no effect. */
      readonly isSent: boolean;
    };

/**
 * What the gateway reports to the tap, synchronously. If no fault is armed, the gateway forwards first and reports
 * afterwards, both the call and its answer. Forwarding and reporting happen in one turn of the event loop, so the
 * lines are in the order of events: a put before its answer, and an answer before the client's next call.
 */
export type CallObserver = {
  /**
   * Called when the request is complete, before `sent`. The gateway awaits the promise, so a call can wait here until
   * its stream is ready. If it resolves to an answer, the client gets that answer, the call is not forwarded, and
   * `sent` is not called. If it resolves to undefined, the call goes on. Returning undefined does not wait.
   */
  readonly before?: (call: ApiCall) => Promise<ApiAnswer | undefined> | undefined;
  readonly sent: (call: ApiCall) => CallWatch;
};

export type CallWatch = {
  /** The op in the history if the call was written as a put. Firings of faults on the call name it. */
  readonly op?: number | undefined;
  /** Called once, before the client's next call is observed. */
  readonly answered: (answer: ApiAnswer) => void;
  /**
   * Called with each decoded event of SubscribeToShard, before it is forwarded: `{ SubscribeToShardEvent: {…} }` and
   * the like.
   */
  readonly event?: (event: Readonly<Record<string, unknown>>) => void;
  /** Called once when the event stream has ended, for any reason. */
  readonly ended?: () => void;
};
