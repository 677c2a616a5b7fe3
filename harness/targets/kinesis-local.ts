import { randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { awaitReady } from './await-ready.ts';
import { type ChildEngine, startChild } from './child-engine.ts';
import { deviationsOf } from './deviations.ts';
import { freePort } from './free-port.ts';
import { installNpm } from './install-npm.ts';
import { probe } from './probe.ts';
import type { RunningTarget, Target, TargetOptions } from './target.ts';
import { assertNoEndpoint, emulatorRegion } from './target-options.ts';
import { workersOf } from './workers.ts';

/** Loaded into the engine, which would otherwise listen on all interfaces. */
const bindLocally = fileURLToPath(new URL('./bind-locally.cjs', import.meta.url));
/** The start takes one second on an idle machine; a build machine may be busy. */
const startDeadlineMs = 120_000;
const portTries = 5;

/**
 * The embedded default: kinesis-mock compiled to JavaScript, as a child process with its own free ports and its own
 * account.
 */
export const kinesisLocal: Target = {
  summary: 'kinesis-local (npm), started as a child process; nothing else is needed',
  isStartedOnly: true,
  start: async (options) => {
    assertNoEndpoint('kinesis-local', options);
    const main = await mainOf(options);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startOn(main, options);
      } catch (thrown) {
        // The engine cannot choose a free port itself, and a port that was free may be taken before it starts.
        if (!(thrown instanceof HarnessError && isTaken(thrown.message)) || attempt === portTries) throw thrown;
      }
    }
  },
};

/**
 * True if a port was taken. The engine then ends, but not while a connection to its first port is open, such as our
 * own readiness check.
 */
const isTaken = (words: string): boolean => words.includes('EADDRINUSE');

type Main = { readonly path: string; readonly version: string };

const mainOf = async ({ cacheFolder, engineVersion, signal }: TargetOptions): Promise<Main> => {
  const bundled = createRequire(import.meta.url);
  const own = bundled('kinesis-local/package.json') as { readonly version: string };
  if (engineVersion === undefined || engineVersion === own.version) {
    return { path: join(dirname(bundled.resolve('kinesis-local/package.json')), 'main.js'), version: own.version };
  }
  const folder = await installNpm('kinesis-local', engineVersion, {
    cacheFolder,
    onInstall: (what) => print.err(`${what}\n`),
    ...(signal === undefined ? {} : { signal }),
  });
  return { path: join(folder, 'main.js'), version: engineVersion };
};

const startOn = async ({ path, version }: Main, options: TargetOptions): Promise<RunningTarget> => {
  const [plain, tls] = await Promise.all([freePort(), freePort()]);
  const child = startChild({
    name: `kinesis-local ${version}`,
    command: process.execPath,
    args: ['--require', bindLocally, path],
    cwd: dirname(path),
    env: {
      ...settings,
      KINESIS_MOCK_PLAIN_PORT: String(plain),
      KINESIS_MOCK_TLS_PORT: String(tls),
      KINESIS_MOCK_CERT_PATH: join(dirname(path), 'server.json'),
    },
  });
  const client = clientOf(plain, emulatorRegion(options.region));
  try {
    await awaitReady(
      {
        name: `kinesis-local ${version}`,
        child,
        deadlineMs: startDeadlineMs,
        isLost: isTaken,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
      () => isHealthy(plain),
    );
    await assertOurs(child, client, version);
    const probed = await probe(client);
    return {
      name: 'kinesis-local',
      engine: 'kinesis-local',
      version,
      client,
      deviations: deviationsOf('kinesis-local', version),
      ...probed,
      workers: workersOf('kinesis-local'),
      words: child.words,
      stop: child.stop,
      ended: child.exited,
    };
  } catch (thrown) {
    await child.stop();
    throw thrown;
  }
};

/**
 * Settings that let control-plane calls take no time. SHARD_LIMIT counts closed shards, too, so its default would end
 * a run after a few reshards.
 */
const settings = {
  ...Object.fromEntries(
    [
      'CREATE_STREAM',
      'DELETE_STREAM',
      'SPLIT_SHARD',
      'MERGE_SHARDS',
      'UPDATE_SHARD_COUNT',
      'REGISTER_STREAM_CONSUMER',
      'DEREGISTER_STREAM_CONSUMER',
    ].map((call) => [`${call}_DURATION`, '1ms']),
  ),
  SHARD_LIMIT: '5000',
  ON_DEMAND_STREAM_COUNT_LIMIT: '1000',
  LOG_LEVEL: 'ERROR',
  SHOULD_PERSIST_DATA: 'false',
} as const;

/**
 * The options of a client with a random account: an access key id of 12 digits is an account. So streams of another
 * engine on the same port are never taken for ours.
 */
const clientOf = (port: number, region: string): ClientOptions => ({
  endpoint: `http://127.0.0.1:${port}`,
  region,
  credentials: {
    accessKeyId: String(randomInt(100_000_000_000, 281_474_976_710_000)).slice(0, 12),
    secretAccessKey: 'kinesis-order',
  },
  requestTimeoutMs: 15_000,
});

const isHealthy = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://127.0.0.1:${port}/healthcheck`, { signal: AbortSignal.timeout(2000) });
  return answer.ok;
};

/** Rejects if another engine answers on the port. Ours is the one whose process runs and that has no streams. */
const assertOurs = async (child: ChildEngine, client: ClientOptions, version: string): Promise<void> => {
  const kinesis = createKinesis(client);
  try {
    const streams = await kinesis.listStreams();
    const exit = child.exit();
    if (exit !== undefined)
      throw new HarnessError('target', `kinesis-local ${version} ended (${exit}): ${child.words()}`);
    if (streams.length > 0)
      throw new HarnessError(
        'target',
        `another engine answers at ${client.endpoint}: it has streams ${streams.slice(0, 3).join(', ')}`,
      );
  } finally {
    kinesis.close();
  }
};
