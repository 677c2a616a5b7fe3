import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { HarnessError, messageOf } from '../lib/error.ts';
import { deviationsOf } from './deviations.ts';
import { probe } from './probe.ts';
import type { Target } from './target.ts';
import { assertNoEndpoint, assertVersion, emulatorRegion } from './target-options.ts';
import { workersOf } from './workers.ts';

type Kinesalite = (options: {
  readonly createStreamMs: number;
  readonly deleteStreamMs: number;
  readonly updateStreamMs: number;
  readonly shardLimit: number;
}) => Server;

/**
 * The second engine: in this process, in memory, 3 to 15 times faster, and without UpdateShardCount, ChildShards and
 * enhanced fan-out.
 */
export const kinesalite: Target = {
  summary: 'kinesalite (npm), in this process; no UpdateShardCount, no enhanced fan-out',
  start: async (options) => {
    const bundled = createRequire(import.meta.url);
    const make = bundled('kinesalite') as Kinesalite;
    const { version } = bundled('kinesalite/package.json') as { readonly version: string };
    assertVersion('kinesalite', version, options);
    assertNoEndpoint('kinesalite', options);
    const server = make({ createStreamMs: 5, deleteStreamMs: 5, updateStreamMs: 5, shardLimit: 5000 });
    await listen(server);
    const { port } = server.address() as AddressInfo;
    const client = {
      endpoint: `http://127.0.0.1:${port}`,
      region: emulatorRegion(options.region),
      credentials: { accessKeyId: 'kinesisorder', secretAccessKey: 'kinesis-order' },
      requestTimeoutMs: 5000,
    };
    const stop = (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    try {
      const probed = await probe(client);
      return {
        name: 'kinesalite',
        engine: 'kinesalite',
        version,
        client,
        deviations: deviationsOf('kinesalite', version),
        ...probed,
        workers: workersOf('kinesalite'),
        words: () => '',
        stop,
      };
    } catch (thrown) {
      await stop();
      throw thrown;
    }
  },
};

const listen = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new HarnessError('target', `kinesalite could not listen: ${messageOf(error)}`, { cause: error })),
    );
    server.listen(0, '127.0.0.1', resolve);
  });
