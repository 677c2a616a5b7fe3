import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsSigning } from '../../kinesis/aws-signing.ts';
import { credentialScope, kinesisOperation } from '../api/read-call.ts';
import { connectionFields, type Fields, fieldsOf } from '../wire/fields.ts';
import { requestBytes, type WireRequest } from '../wire/messages.ts';
import type { Origin } from './connection.ts';
import { originOf } from './emulator.ts';
import type { Outbound, Upstream } from './upstream.ts';

/**
 * AWS as upstream. A signature covers the Host field, so calls signed for the gateway are signed again, with the
 * harness's own credentials, for the client's region. The client's signature and session token are never forwarded.
 */
export const aws = (signing: AwsSigning): Upstream => {
  const regions = new Map<string, Signer>();
  const signerFor = (region: string): Signer => {
    const known = regions.get(region);
    if (known !== undefined) return known;
    const made = signer(signing, region);
    regions.set(region, made);
    return made;
  };
  return {
    origin: originOf(signing.endpointOf(signing.region)),
    outbound: (request) => signerFor(regionOf(request) ?? signing.region)(request),
  };
};

type Signer = (request: WireRequest) => Promise<Outbound>;

const signer = ({ credentials, endpointOf }: AwsSigning, region: string): Signer => {
  const origin = originOf(endpointOf(region));
  const signature = new SignatureV4({ service: 'kinesis', region, credentials, sha256: Sha256 });
  return async ({ head, body }) => {
    const { pathname, searchParams } = new URL(head.target, 'http://gateway');
    const { headers } = await signature.sign({
      method: head.method,
      protocol: origin.isTls ? 'https:' : 'http:',
      hostname: origin.host,
      port: origin.port,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...unsigned(head.fields), host: hostField(origin), 'content-length': String(body.length) },
      body,
    });
    const target = `${pathname}${searchParams.size === 0 ? '' : `?${searchParams.toString()}`}`;
    return {
      origin,
      bytes: requestBytes({ method: head.method, target, fields: fieldsOf(Object.entries(headers)) }, body),
    };
  };
};

/** Fields of the client's signature, of this tool's own producers, and of the client's connection. */
const replaced: ReadonlySet<string> = new Set([
  ...connectionFields,
  'host',
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-amz-region-set',
  'expect',
]);

const unsigned = (fields: Fields): Record<string, string> =>
  Object.fromEntries(fields.all().filter(([name]) => !replaced.has(name) && !name.startsWith('x-kinesis-order-')));

/** The Host field has a port unless it is the protocol's default. */
const hostField = ({ host, port, isTls }: Origin): string => {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (isTls ? 443 : 80) ? name : `${name}:${port}`;
};

/**
 * The region of the client's signature. undefined for SigV4a with several regions or all: then the harness's own
 * region is used.
 */
const regionOf = ({ head }: WireRequest): string | undefined => {
  const { region } = kinesisOperation(head) === undefined ? { region: undefined } : credentialScope(head.fields);
  return region !== undefined && /^[a-z0-9-]+$/.test(region) ? region : undefined;
};
