import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request as overHttp } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { request as overHttps, Agent as TlsAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cbor } from '@smithy/core/cbor';
import type { ObservedGateway } from './observed-gateway.ts';

/** Clients of somebody else, over every protocol: they tell nobody who they are. */

/** What is to be closed when a test is over. */
type Opened = (() => unknown)[];

/** `undefined`: its connection broke. */
type Answer = { readonly status: number; readonly body: Buffer } | undefined;
type Send = (headers: Record<string, string>, body: Buffer) => Promise<Answer>;

export const overHttp1 = (endpoint: string, open: Opened, ca?: Buffer): Send => {
  const agent = ca === undefined ? new Agent({ keepAlive: true }) : new TlsAgent({ keepAlive: true, ca });
  open.push(() => agent.destroy());
  return (headers, body) =>
    new Promise((resolve) => {
      const request = (ca === undefined ? overHttp : overHttps)(
        endpoint,
        { agent, method: 'POST', headers },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts) }));
          // It broke off in its middle.
          answer.on('error', () => resolve(undefined)).on('aborted', () => resolve(undefined));
        },
      );
      request.on('error', () => resolve(undefined));
      request.end(body);
    });
};

const overHttp2 = (endpoint: string, open: Opened, ca?: Buffer): Send => {
  let session: ClientHttp2Session | undefined;
  open.push(() => session?.destroy());
  return async (headers, body) => {
    if (session === undefined || session.destroyed) session = connectHttp2(endpoint, ca === undefined ? {} : { ca });
    session.on('error', () => undefined);
    const request = session.request({ ':method': 'POST', ...headers });
    request.end(body);
    const parts: Buffer[] = [];
    let status: number | undefined;
    let length = -1;
    request.on('response', (head) => {
      status = head[':status'];
      length = Number(head['content-length'] ?? -1);
    });
    request.on('data', (part: Buffer) => parts.push(part)).on('error', () => undefined);
    await new Promise((resolve) => request.once('close', resolve));
    const given = Buffer.concat(parts);
    const isBroken = status === undefined || (length >= 0 && given.length < length);
    // Of a dropped answer the whole session ends.
    if (isBroken && !session.destroyed) throw new Error('the stream broke, and its session did not');
    return isBroken ? undefined : { status: status ?? 0, body: given };
  };
};

export type Shape = Record<string, unknown>;
export const protocols = {
  JSON: {
    type: 'application/x-amz-json-1.1',
    encode: (shape: Shape) => Buffer.from(JSON.stringify(shape, (_, value: unknown) => base64(value))),
    decode: (body: Buffer) => JSON.parse(body.toString()) as Shape,
  },
  CBOR: {
    type: 'application/x-amz-cbor-1.1',
    encode: (shape: Shape) => Buffer.from(cbor.serialize(shape)),
    decode: (body: Buffer) => cbor.deserialize(body) as Shape,
  },
};
const base64 = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
    ? Buffer.from((value as unknown as { data: number[] }).data).toString('base64')
    : value;

export type WireCall = (operation: string, input: Shape) => Promise<Shape | undefined>;
export const caller =
  (send: Send, { type, encode, decode }: (typeof protocols)['JSON']): WireCall =>
  async (operation, input) => {
    const answer = await send(
      {
        'content-type': type,
        'x-amz-target': `Kinesis_20131202.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/20261123/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20261123T000000Z',
      },
      encode(input),
    );
    if (answer === undefined) return undefined;
    return answer.body.length === 0 ? {} : decode(answer.body);
  };

const caOf = async ({ gateway }: ObservedGateway, open: Opened): Promise<Buffer> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-gateway-'));
  open.push(() => rm(folder, { recursive: true }));
  return readFile((await gateway.writeCa(folder)).caFile);
};

export const ways: Readonly<Record<string, (started: ObservedGateway, open: Opened) => Promise<WireCall>>> = {
  'JSON over HTTP/1.1': async ({ listener }, open) => caller(overHttp1(listener.endpoint, open), protocols.JSON),
  'JSON over HTTP/2': async ({ listener }, open) => caller(overHttp2(listener.endpoint, open), protocols.JSON),
  'JSON over TLS': async (started, open) =>
    caller(overHttp1(started.listener.tlsEndpoint, open, await caOf(started, open)), protocols.JSON),
  'CBOR over HTTP/1.1': async ({ listener }, open) => caller(overHttp1(listener.endpoint, open), protocols.CBOR),
  'CBOR over HTTP/2 and TLS': async (started, open) =>
    caller(overHttp2(started.listener.tlsEndpoint, open, await caOf(started, open)), protocols.CBOR),
};
