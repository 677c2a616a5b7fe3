import type { ApiCall, CallOrigin, CredentialScope } from '../../tap/call.ts';
import type { Fields } from '../wire/fields.ts';
import type { RequestHead } from '../wire/head.ts';
import type { WireRequest } from '../wire/messages.ts';
import type { Protocol, Shape } from './protocol.ts';
import { protocolOf } from './protocols.ts';
import { targetPrefix } from './target-prefix.ts';
import { unpack } from './unpack.ts';

/** A call of the Kinesis API, and the protocol to encode it again. The body is decoded on first use. */
export type KinesisCall = {
  readonly apiCall: ApiCall;
  readonly protocol: Protocol;
  /** False if the body does not decode in its protocol: the call is forwarded unchanged, and no fault reads it. */
  readonly isReadable: boolean;
};

/** The Kinesis operation of a request; undefined for other services. */
export const kinesisOperation = ({ method, target, fields }: RequestHead): string | undefined => {
  if (method !== 'POST') return undefined;
  const named = fields.get('x-amz-target');
  if (named !== undefined) return named.startsWith(targetPrefix) ? named.slice(targetPrefix.length) : undefined;
  return rpcPath.exec(target)?.[1];
};

/** Smithy RPC v2 has the operation in the path. */
const rpcPath = /\/service\/Kinesis_20131202\/operation\/([A-Za-z]+)$/;

export const readCall = (request: WireRequest, operation: string, id: number, port: string): KinesisCall =>
  new ReadCall(new RequestCall(request, operation, id, port));

/** A class, because an object literal with getters takes ten times as long to create. */
class ReadCall implements KinesisCall {
  readonly apiCall: RequestCall;

  constructor(apiCall: RequestCall) {
    this.apiCall = apiCall;
  }

  get protocol(): Protocol {
    return this.apiCall.body.protocol;
  }

  get isReadable(): boolean {
    return this.apiCall.body.shape !== undefined;
  }
}

class RequestCall implements ApiCall {
  readonly id: number;
  readonly port: string;
  readonly operation: string;
  readonly bytes: number;
  readonly body: CallBody;
  readonly #fields: Fields;
  readonly scope: SignedScope;

  constructor(request: WireRequest, operation: string, id: number, port: string) {
    this.id = id;
    this.port = port;
    this.operation = operation;
    this.bytes = request.body.length;
    this.#fields = request.head.fields;
    this.body = new CallBody(request, protocolOf(this.#fields));
    this.scope = credentialScope(this.#fields);
  }

  get input(): Shape {
    return this.body.shape ?? nothing;
  }

  get streamName(): string | undefined {
    return this.body.streamName;
  }

  get invocationId(): string | undefined {
    return this.#fields.get('amz-sdk-invocation-id');
  }

  get attempt(): number | undefined {
    return attemptOf(this.#fields);
  }

  get tag(): CallOrigin | undefined {
    return originOf(this.#fields);
  }
}

const nothing: Shape = {};

/** Decodes the body on first use: decoding a batch takes longer than forwarding it, so a call is forwarded first. */
class CallBody {
  readonly protocol: Protocol;
  readonly #request: WireRequest;
  #shape: Shape | undefined;
  #isDecoded = false;

  constructor(request: WireRequest, protocol: Protocol) {
    this.#request = request;
    this.protocol = protocol;
  }

  get shape(): Shape | undefined {
    if (this.#isDecoded) return this.#shape;
    this.#isDecoded = true;
    const unpacked = unpack(this.#request.head.fields, this.#request.body);
    this.#shape = unpacked === undefined ? undefined : this.protocol.decode(unpacked);
    return this.#shape;
  }

  get streamName(): string | undefined {
    const { head, body } = this.#request;
    return head.fields.get('content-encoding') === undefined ? this.protocol.streamName?.(body) : undefined;
  }
}

export type SignedScope = CredentialScope & { readonly service: string | undefined };

/**
 * Reads the scope from `AWS4-HMAC-SHA256 Credential=AKID/20261123/us-east-1/kinesis/aws4_request, …`. SigV4a has no
 * region there; it comes from `x-amz-region-set`. Missing parts are undefined.
 */
export const credentialScope = (fields: Fields): SignedScope => {
  const authorization = fields.get('authorization');
  const start = authorization?.indexOf(credentialField) ?? -1;
  if (authorization === undefined || start < 0) return nobody;
  const end = authorization.indexOf(',', start);
  const credential = authorization.slice(start + credentialField.length, end < 0 ? authorization.length : end);
  // A client signs every call with the same scope, so the parsed scope is cached. The signature never is.
  if (credential !== last.credential) last = { credential, scope: scopeOf(credential) };
  const { scope } = last;
  return scope.region === undefined && scope !== nobody ? { ...scope, region: fields.get('x-amz-region-set') } : scope;
};

const credentialField = 'Credential=';

const scopeOf = (credential: string): SignedScope => {
  const parts = credential.trim().split('/');
  if (parts.length < 4 || parts.at(-1) !== 'aws4_request') return nobody;
  const isWithRegion = parts.length >= 5;
  const accessKeyId = parts.slice(0, isWithRegion ? -4 : -3).join('/');
  return { region: isWithRegion ? parts.at(-3) : undefined, accessKeyId, service: parts.at(-2) };
};

const nobody: SignedScope = { region: undefined, accessKeyId: undefined, service: undefined };
let last: { readonly credential: string; readonly scope: SignedScope } = { credential: '', scope: nobody };

const attemptField = 'attempt=';

/** `amz-sdk-request: attempt=2; max=3`. */
const attemptOf = (fields: Fields): number | undefined => {
  const value = fields.get('amz-sdk-request');
  const start = value?.indexOf(attemptField) ?? -1;
  const attempt =
    start < 0 || value === undefined ? Number.NaN : Number.parseInt(value.slice(start + attemptField.length), 10);
  return Number.isNaN(attempt) ? undefined : attempt;
};

const originOf = (fields: Fields): CallOrigin | undefined => {
  const call = fields.get('x-kinesis-order-call');
  if (call === undefined) return undefined;
  const op = fields.get('x-kinesis-order-op');
  const producer = fields.get('x-kinesis-order-producer');
  return {
    // A client that sends only its name.
    call: call === '-' ? undefined : Number(call),
    op: op === undefined ? undefined : Number(op),
    producer: producer === undefined ? undefined : decoded(producer),
  };
};

/** Any client can send this header. A value that is not valid percent-encoding is used as it is. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
