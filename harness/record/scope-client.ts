import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { ClientOptions, Kinesis } from '../kinesis/kinesis.ts';
import type { StreamRef } from '../tap/stream-ref.ts';
import type { RunningTarget } from '../targets/target.ts';

/**
 * The region and the credentials with which this tool calls a stream of the user's program. Emulators tell streams
 * apart by region and access key id and verify nothing, so this tool uses the program's. On AWS the credentials are
 * this tool's own.
 */
export const scopeOptions = (
  { client }: Pick<RunningTarget, 'client'>,
  { region, accessKeyId }: Pick<StreamRef, 'region' | 'accessKeyId'>,
): ClientOptions => {
  if (client.endpoint === undefined) return { ...client, region: region ?? client.region };
  return {
    ...client,
    region: region ?? client.region,
    ...(accessKeyId === undefined ? {} : { credentials: { accessKeyId, secretAccessKey: 'kinesis-order' } }),
  };
};

/** One client for each region and account, closed together. */
export type ScopeClients = { readonly of: (ref: StreamRef) => Kinesis; readonly close: () => void };

export const scopeClients = (target: RunningTarget): ScopeClients => {
  const clients = new Map<string, Kinesis>();
  return {
    of: (ref) => {
      const account = target.client.endpoint === undefined ? '' : ref.accessKeyId;
      const key = `${ref.region ?? ''}/${account ?? ''}`;
      const client = clients.get(key) ?? createKinesis(scopeOptions(target, ref));
      clients.set(key, client);
      return client;
    },
    close: () => {
      for (const client of clients.values()) client.close();
    },
  };
};
