import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forward } from './forward.ts';

export type Denial = { readonly error: string; readonly message: string };
/** Undefined lets a call pass. `count` is how many calls of this action there were before. */
export type Deny = (action: string, count: number) => Denial | undefined;
export type DenyingEngine = { readonly endpoint: string; readonly close: () => Promise<void> };

/**
 * Stands before a real engine and answers some of its calls as AWS refuses them, which no emulator does: they check
 * neither rights nor keys.
 */
export const denyingEngine = async (upstream: string, deny: Deny): Promise<DenyingEngine> => {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const action =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      const count = counts.get(action) ?? 0;
      counts.set(action, count + 1);
      const denial = deny(action, count);
      if (denial !== undefined) {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify({ __type: denial.error, message: denial.message }));
        return;
      }
      void forward(upstream, request, Buffer.concat(chunks)).then(
        ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.destroy(),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
