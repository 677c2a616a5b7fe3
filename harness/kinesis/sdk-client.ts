import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { BoundedHandler } from './bounded-handler.ts';
import { repeatsForTimeOnly } from './clock-skew.ts';
import type { ClientOptions } from './kinesis.ts';
import { noteRefusals } from './last-refusal.ts';

/**
 * Creates a client of the SDK. Emulators get HTTP/1.1, because over HTTP/2 kinesis-local answers "Protocol error" to
 * calls that it has carried out. `maxAttempts` 1 makes the measured client, which never retries by itself; set-up and
 * tear-down use the patient one.
 */
export const sdkClient = (options: ClientOptions, maxAttempts: number): KinesisClient =>
  named(options.name, repeating(bareClient(options, maxAttempts), maxAttempts));

const repeating = (client: KinesisClient, maxAttempts: number): KinesisClient =>
  maxAttempts === 1 ? client : noteRefusals(repeatsForTimeOnly(client));

/**
 * Adds the name of the caller for the tool's gateway, which counts the calls of each client. A tag on the call is more
 * specific.
 */
const named = (name: string | undefined, client: KinesisClient): KinesisClient => {
  if (name === undefined) return client;
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = (args as { request: { headers: Record<string, string> } }).request;
      headers['x-kinesis-order-producer'] ??= encodeURIComponent(name);
      headers['x-kinesis-order-call'] ??= '-';
      return next(args);
    },
    { step: 'build', name: 'kinesis-order-name' },
  );
  return client;
};

const bareClient = (options: ClientOptions, maxAttempts: number): KinesisClient =>
  new KinesisClient({
    region: options.region,
    maxAttempts,
    // Our own middleware never changes once a client is made, so the stack is built once for each kind of call. Calls
    // with their own middleware (tags) come with options and bypass this.
    cacheMiddleware: true,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    requestHandler:
      options.http2 === true
        ? { requestTimeout: options.requestTimeoutMs, disableConcurrentStreams: true }
        : httpHandler(options),
  });

const httpHandler = ({ requestTimeoutMs, maxSockets = 256 }: ClientOptions): BoundedHandler =>
  new BoundedHandler({
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    connectionTimeout: Math.min(requestTimeoutMs, 10_000),
    httpAgent: new HttpAgent({ keepAlive: true, noDelay: true, maxSockets }),
    httpsAgent: new HttpsAgent({ keepAlive: true, noDelay: true, maxSockets }),
  });
