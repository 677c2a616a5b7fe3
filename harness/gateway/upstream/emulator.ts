import { isIP } from 'node:net';
import { HarnessError } from '../../lib/error.ts';
import type { Origin } from './connection.ts';
import type { Upstream } from './upstream.ts';

/** An engine that does not verify signatures. It gets every byte as the client sent it, including the Host field. */
export const emulator = (endpoint: string): Upstream => {
  const origin = originOf(endpoint);
  return { origin, outbound: ({ raw }) => ({ origin, bytes: raw }) };
};

export const originOf = (endpoint: string): Origin => {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new HarnessError(
      'usage',
      `the engine's endpoint ${JSON.stringify(endpoint)} is not an http or https address`,
      {
        hint: 'include the scheme, for instance http://127.0.0.1:4567',
      },
    );
  const isTls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  return { host, port, isTls, isVerified: !isLoopback(host) };
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));
