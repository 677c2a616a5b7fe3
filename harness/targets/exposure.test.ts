import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { exposedAt } from './exposure.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const listening = async (host: string): Promise<number> => {
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/** 127.0.0.2 stands for an address of the network: it is another one than that which engines are bound to. */
test('a port is exposed if it can be reached at another address than 127.0.0.1', async () => {
  const [bound, open] = [await listening('127.0.0.1'), await listening('0.0.0.0')];
  expect(await exposedAt(bound, ['127.0.0.2'])).toBeUndefined();
  expect(await exposedAt(open, ['127.0.0.2'])).toBe(`127.0.0.2:${open}`);
  expect(await exposedAt(open, [])).toBeUndefined();
});
