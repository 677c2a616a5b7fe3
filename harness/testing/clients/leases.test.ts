import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { bearingBrokenRequests } from './leases.ts';

test('a request that breaks off ends no server that would throw', async () => {
  let broken = 0;
  const server = createServer((request, response) => {
    request.on('error', (error) => {
      throw error;
    });
    request.on('close', () => (broken += request.complete ? 0 : 1));
    request.on('end', () => response.end('whole'));
    request.resume();
  });
  bearingBrokenRequests(server).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1');
  const asked = once(server, 'request');
  client.write('POST / HTTP/1.1\r\nhost: leases\r\ncontent-length: 100\r\n\r\nhalf');
  const [request] = (await asked) as [IncomingMessage];
  const closed = once(request, 'close');
  client.resetAndDestroy();
  await closed;
  expect(broken).toBe(1);
  const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'all of it' });
  expect(await answer.text()).toBe('whole');
  server.close();
});
