// What stands between client and server in the gateway's benchmark, in a process of its own: `relay`, which copies bytes and decodes nothing, or `gateway`, as it is built. Tells its parent
// the port; answers `memory` with what it counted and holds.
import { connect, createServer } from 'node:net';

const [kind, upstream = ''] = process.argv.slice(2);

const relay = async () => {
  const { hostname, port } = new URL(upstream);
  const server = createServer({ noDelay: true }, (client) => {
    const engine = connect({ host: hostname, port: Number(port), noDelay: true });
    client.pipe(engine).pipe(client);
    const close = () => {
      client.destroy();
      engine.destroy();
    };
    for (const socket of [client, engine]) socket.on('error', close).on('close', close);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address().port;
};

let calls = 0;
let records = 0;
let answered = 0;

const gateway = async () => {
  const { startGateway } = await import('../dist/gateway/gateway.js');
  const { emulator } = await import('../dist/gateway/upstream/emulator.js');
  const started = await startGateway({
    upstream: emulator(upstream),
    observer: {
      sent: ({ input }) => {
        calls += 1;
        records += Array.isArray(input.Records) ? input.Records.length : 1;
        return {
          answered: () => {
            answered += 1;
          },
        };
      },
    },
  });
  return (await started.listen('bench')).port;
};

process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ calls, records, answered, heapUsed, external, rss });
});
process.on('disconnect', () => process.exit());
process.send?.(await (kind === 'relay' ? relay() : gateway()));
