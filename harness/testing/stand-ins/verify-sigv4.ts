import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type SignedRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Identity = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/**
 * What AWS would hold against a request; undefined where its signature is right. Written from "Signature Version 4
 * signing process" in the AWS General Reference, with node:crypto alone, so that it shares nothing with the signer
 * under test.
 */
export const signatureFault = (
  request: SignedRequest,
  identity: Identity,
  region: string,
  now: Date,
): string | undefined => {
  const { headers } = request;
  const parts = /^AWS4-HMAC-SHA256 Credential=(\S+), ?SignedHeaders=(\S+), ?Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (parts === null) return 'no SigV4 Authorization header';
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  const date = String(headers['x-amz-date']);
  const scope = `${date.slice(0, 8)}/${region}/kinesis/aws4_request`;
  if (credential !== `${identity.accessKeyId}/${scope}`) return `credential ${credential} is not of ${scope}`;
  if (headers['x-amz-security-token'] !== identity.sessionToken) return 'the session token is another';
  if (Math.abs(timeOf(date) - now.getTime()) > 15 * 60_000) return `${date} is more than 15 minutes away`;
  const names = signedHeaders.split(';');
  const mustSign = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  for (const name of mustSign) if (!names.includes(name)) return `${name} is not signed`;
  const [path = '', query = ''] = request.target.split('?');
  const canonical = [
    request.method,
    path.split('/').map(encode).join('/'),
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    sha256(request.body),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${identity.secretAccessKey}`));
  return hmac(key, text).toString('hex') === signature ? undefined : 'the signature is another';
};

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
/** 20261123T080000Z. */
const timeOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'));
