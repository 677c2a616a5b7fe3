import type { ApiCall, CallOrigin, CredentialScope } from '../../tap/call.ts';
import { type Fields, fieldOf } from '../wire/fields.ts';
import type { RequestHead } from '../wire/head.ts';
import type { WireRequest } from '../wire/messages.ts';
import type { Protocol, Shape } from './protocol.ts';
import { protocolOf } from './protocols.ts';
import { unpack } from './unpack.ts';

/** A call of the Kinesis API: what the tap is told of it, and how to write it again. */
export type KinesisCall = {
  readonly told: ApiCall;
  readonly protocol: Protocol;
  /** False where the body is not what the protocol says: it passes as it is, and no fault looks into it. */
  readonly isReadable: boolean;
};

/** The Kinesis operation that a request asks for; undefined where it is for somebody else. */
export const kinesisOperation = ({ method, target, fields }: RequestHead): string | undefined => {
  if (method !== 'POST') return undefined;
  const named = fieldOf(fields, 'x-amz-target');
  if (named !== undefined) return named.startsWith(api) ? named.slice(api.length) : undefined;
  return rpcPath.exec(target)?.[1];
};

const api = 'Kinesis_20131202.';
/** Smithy RPC v2 has the operation in the path. */
const rpcPath = /\/service\/Kinesis_20131202\/operation\/([A-Za-z]+)$/;

export const readCall = (request: WireRequest, operation: string, id: number, port: string): KinesisCall => {
  const { fields } = request.head;
  const protocol = protocolOf(fields);
  const unpacked = unpack(fields, request.body);
  const input: Shape | undefined = unpacked === undefined ? undefined : protocol.decode(unpacked);
  const told: ApiCall = {
    id,
    port,
    operation,
    input: input ?? {},
    scope: credentialScope(fields),
    invocationId: fieldOf(fields, 'amz-sdk-invocation-id'),
    attempt: attemptOf(fields),
    bytes: request.body.length,
    tag: originOf(fields),
  };
  return { told, protocol, isReadable: input !== undefined };
};

/** `AWS4-HMAC-SHA256 Credential=AKID/20261123/us-east-1/kinesis/aws4_request, …`. SigV4a has no region there. */
export const credentialScope = (fields: Fields): CredentialScope & { readonly service: string | undefined } => {
  const parts = /Credential=([^\s,]+)/.exec(fieldOf(fields, 'authorization') ?? '')?.[1]?.split('/') ?? [];
  const scope = parts.slice(-4);
  if (parts.length < 4 || scope.at(-1) !== 'aws4_request') return nobody;
  const [, region, service] = scope;
  const isWithRegion = parts.length >= 5;
  return {
    region: isWithRegion ? region : fieldOf(fields, 'x-amz-region-set'),
    accessKeyId: parts.slice(0, isWithRegion ? -4 : -3).join('/'),
    service,
  };
};

const nobody = { region: undefined, accessKeyId: undefined, service: undefined };

/** `amz-sdk-request: attempt=2; max=3`. */
const attemptOf = (fields: Fields): number | undefined => {
  const attempt = /attempt=(\d+)/.exec(fieldOf(fields, 'amz-sdk-request') ?? '')?.[1];
  return attempt === undefined ? undefined : Number(attempt);
};

const originOf = (fields: Fields): CallOrigin | undefined => {
  const call = fieldOf(fields, 'x-kinesis-order-call');
  if (call === undefined) return undefined;
  const op = fieldOf(fields, 'x-kinesis-order-op');
  const producer = fieldOf(fields, 'x-kinesis-order-producer');
  return {
    call: Number(call),
    op: op === undefined ? undefined : Number(op),
    producer: producer === undefined ? undefined : decoded(producer),
  };
};

/** Anybody can send this header: what is not percent-encoded is taken as it stands. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
