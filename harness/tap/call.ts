/**
 * One API call as it crossed the wire, decoded. Blobs are Uint8Array and timestamps are Date, whatever the protocol
 * (JSON 1.1, CBOR 1.1).
 */
export type ApiCall = {
  /** Counts all calls of the gateway from 1. */
  readonly id: number;
  /** The listener that it came through: a command's name, so that the tap knows its producer. */
  readonly port: string;
  /** Kinesis operation: PutRecord, GetRecords, … */
  readonly operation: string;
  /** The request with AWS field names. Empty where the body could not be read. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What `input` will say, where it could be found before the rest is decoded. */
  readonly streamName?: string | undefined;
  /** From the credential scope of the Authorization header; never the signature or a token. */
  readonly scope: CredentialScope;
  /** The header amz-sdk-invocation-id: one value for all attempts of one call of an AWS SDK. */
  readonly invocationId: string | undefined;
  /** The header amz-sdk-request, its part attempt=. */
  readonly attempt: number | undefined;
  /** Of the body as it crossed the wire. */
  readonly bytes: number;
  /** Set by this tool's own producers (header x-kinesis-order-call), else undefined. */
  readonly tag: CallOrigin | undefined;
};

export type CredentialScope = { readonly region: string | undefined; readonly accessKeyId: string | undefined };

/** Which put of which producer a call is: `op` as in the history, `call` counted from 1. */
export type CallOrigin = {
  readonly op: number | undefined;
  readonly producer: string | undefined;
  readonly call: number | undefined;
};

/**
 * `lost`: no answer of the engine, or one that cannot be read, or one that did not reach the client (a fault dropped
 * it, or the client had gone).
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
      /** False where no connection to the engine was made: then the call surely had no effect. */
      readonly isSent: boolean;
    };

/**
 * What the gateway tells the tap, synchronously. Where no fault is armed, the engine already has the call, and the
 * client the answer, when the tap is told. But it is told in the same turn of the event loop, in which nothing else is
 * handled. So the lines stand in the order in which things happened: a put before its answer, and an answer before
 * whatever the client does with it.
 */
export type CallObserver = {
  /**
   * Asked when the request is whole, before `sent`, and awaited where it answers a promise: a call waits here until
   * its stream is ready. An answer goes to the client in place of the engine's: then nothing is forwarded, and
   * `sent` is not told. Without `before`, or undefined: the call goes on.
   */
  readonly before?: (call: ApiCall) => Promise<ApiAnswer | undefined> | undefined;
  readonly sent: (call: ApiCall) => CallWatch;
};

export type CallWatch = {
  /** The op of the history, where the call was written as a put: a fault that hits the call names it. */
  readonly op?: number | undefined;
  /** Once, before anything else is heard of the client. */
  readonly answered: (answer: ApiAnswer) => void;
  /**
   * One decoded event of SubscribeToShard, before it is handed on: `{ SubscribeToShardEvent: {…} }` and the like.
   */
  readonly event?: (event: Readonly<Record<string, unknown>>) => void;
  /** The event stream is over, however it ended. Once. */
  readonly ended?: () => void;
};
