import { type AddressInfo, connect, createServer } from 'node:net';
import { startGateway } from '../harness/gateway/gateway.ts';
import { emulator } from '../harness/gateway/upstream/emulator.ts';

/**
 * What stands between client and server in the gateway's benchmark, in a process of its own: `relay`, which copies bytes and decodes nothing, or `gateway`. Tells its parent the port; answers
 * `memory` with the bytes of its heap after a collection and of its resident set.
 */
const [kind, upstream = ''] = process.argv.slice(2);

const relay = async (): Promise<number> => {
  const { hostname, port } = new URL(upstream);
  const server = createServer({ noDelay: true }, (client) => {
    const engine = connect({ host: hostname, port: Number(port), noDelay: true });
    client.pipe(engine).pipe(client);
    const close = (): void => {
      client.destroy();
      engine.destroy();
    };
    for (const socket of [client, engine]) socket.on('error', close).on('close', close);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const gateway = async (): Promise<number> => {
  let entries = 0;
  const started = await startGateway({
    upstream: emulator(upstream),
    observer: {
      sent: ({ input }) => {
        entries += Array.isArray(input['Records']) ? input['Records'].length : 1;
        return { answered: () => undefined };
      },
    },
  });
  process.on('message', (message) => {
    if (message === 'memory') {
      globalThis.gc?.();
      process.send?.({ entries, heap: process.memoryUsage().heapUsed, rss: process.memoryUsage().rss });
    }
  });
  return (await started.listen('bench')).port;
};

process.send?.(await (kind === 'relay' ? relay() : gateway()));
process.on('disconnect', () => process.exit());
