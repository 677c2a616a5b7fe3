// The process between client and server in the gateway's benchmark: `relay` copies bytes and decodes nothing,
// `gateway` is the built gateway, and `recorded` is the gateway with the tap that writes a history. Sends its port to
// the parent, and answers `memory` with its counts and its memory.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

const counting = {
  sent: ({ input }) => {
    calls += 1;
    records += Array.isArray(input.Records) ? input.Records.length : 1;
    return {
      answered: () => {
        answered += 1;
      },
    };
  },
};

/** An observer that writes each call into a history on disk, without a counter in the payload. */
const recording = async () => {
  const [{ createTap }, { StreamTap }, { orderIds }, { openRecorder }, { systemClock }] = await Promise.all([
    import('../dist/tap/tap.js'),
    import('../dist/tap/stream-tap.js'),
    import('../dist/tap/order-ids.js'),
    import('../dist/history/open-recorder.js'),
    import('../dist/lib/clock.js'),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const head = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'bench' };
  const recorder = await openRecorder({ path: join(folder, 'bench.ndjson'), head, clock: systemClock() });
  const counter = () => {
    let last = 0;
    return () => (last += 1);
  };
  const stream = new StreamTap({
    write: recorder.write,
    now: recorder.now,
    ids: orderIds(undefined),
    nextOp: counter(),
    nextChain: counter(),
    nextReshard: counter(),
    producerOf: ({ port }) => port,
    clientOf: ({ port }) => port,
    readerEvent: (reader) => ({ type: 'reader', reader, role: 'live' }),
    onAcked: () => undefined,
    onUnknownShard: () => undefined,
    settled: () => Promise.resolve(),
  });
  // `record` checks before each call whether its stream is ready.
  const tap = createTap({ before: (_, ref) => (ref?.name === 'bench' ? undefined : Promise.resolve()) });
  tap.begin({ name: 'bench', region: 'us-east-1', accessKeyId: 'bench' }, stream);
  return tap.observer;
};

const gateway = async (observer) => {
  const { startGateway } = await import('../dist/gateway/gateway.js');
  const { emulator } = await import('../dist/gateway/upstream/emulator.js');
  const started = await startGateway({ upstream: emulator(upstream), observer });
  return (await started.listen('bench')).port;
};

const kinds = { relay, gateway: () => gateway(counting), recorded: async () => gateway(await recording()) };

process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ calls, records, answered, heapUsed, external, rss });
});
process.on('disconnect', () => process.exit());
process.send?.(await kinds[kind]());
