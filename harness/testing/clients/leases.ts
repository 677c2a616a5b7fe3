import { once as event } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { dynaliteFolder } from './install.ts';

export type Leases = { readonly env: Readonly<Record<string, string>>; readonly stop: () => Promise<void> };
type Dynalite = (options: { readonly createTableMs: number }) => Server;

/** A DynamoDB for the leases of one application of the KCL, in memory. */
export const startLeases = async (application: string): Promise<Leases> => {
  const dynalite = createRequire(join(dynaliteFolder, 'package.json'))('dynalite') as Dynalite;
  const server = bearingBrokenRequests(dynalite({ createTableMs: 0 })).listen(0, '127.0.0.1');
  await event(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await createLeaseTable(endpoint, application);
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await event(server, 'close');
  };
  return { env: { AWS_ENDPOINT_URL_DYNAMODB: endpoint }, stop };
};

/**
 * dynalite 4.0.0 throws if a request breaks off, as it does when a worker is killed. It runs in this process, which
 * would end before the remaining rows.
 */
export const bearingBrokenRequests = (server: Server): Server =>
  server.prependListener('request', (request: IncomingMessage) => {
    const on = request.on.bind(request) as (name: string, listener: (...args: unknown[]) => void) => IncomingMessage;
    request.on = (name: string, listener: (...args: never[]) => void): IncomingMessage =>
      on(name, name === 'error' ? () => undefined : (listener as (...args: unknown[]) => void));
  });

/**
 * The KCL adds an index to its lease table by UpdateTable. dynalite 4.0.0 answers 200 and adds none, so that the KCL
 * never finds its leases. So the table is created with the index first.
 */
const createLeaseTable = async (endpoint: string, application: string): Promise<void> => {
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
  const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
  const table = {
    TableName: application,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [attribute('leaseKey'), attribute('leaseOwner')],
    KeySchema: [key('leaseKey', 'HASH')],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'LeaseOwnerToLeaseKeyIndex',
        KeySchema: [key('leaseOwner', 'HASH'), key('leaseKey', 'RANGE')],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  };
  const signed =
    'AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.CreateTable',
      'x-amz-date': '20200101T000000Z',
      authorization: signed,
    },
    body: JSON.stringify(table),
  });
  if (!answer.ok) throw new Error(`dynalite did not make the lease table ${application}: ${await answer.text()}`);
};
