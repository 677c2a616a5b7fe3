import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { print } from '../lib/print.ts';
import { awaitReady } from './await-ready.ts';
import { startChild } from './child-engine.ts';
import { deviationsOf } from './deviations.ts';
import { installNpm, npmPlaceOf } from './install-npm.ts';
import { probe } from './probe.ts';
import type { RunningTarget, Target, TargetOptions } from './target.ts';
import { assertNoEndpoint, assertVersion, emulatorRegion } from './target-options.ts';
import { workersOf } from './workers.ts';

const version = '3.3.3';
/** The start takes one second on an idle machine; a build machine may be busy. */
const startDeadlineMs = 120_000;
const serverFile = fileURLToPath(new URL('./kinesalite-server.mjs', import.meta.url));

/**
 * kinesalite: in memory, 3 to 15 times faster than the default engine, without UpdateShardCount, ChildShards and
 * enhanced fan-out. It is from 2020 and has many dependencies, so it is downloaded on demand instead of being a
 * dependency of the package.
 */
export const kinesalite: Target = {
  summary: 'kinesalite (npm, fetched at first use); no UpdateShardCount, no enhanced fan-out',
  isStartedOnly: true,
  start: async (options) => {
    assertVersion('kinesalite', version, options);
    assertNoEndpoint('kinesalite', options);
    return startOn(await placeOf(options), options);
  },
};

/** True if it can be started without a network. */
export const isKinesaliteThere = async (cacheFolder: string): Promise<boolean> =>
  placeInProject() !== undefined || (await npmPlaceOf('kinesalite', version, cacheFolder)) !== undefined;

const placeInProject = (): string | undefined => {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      const manifest = createRequire(from).resolve('kinesalite/package.json');
      if ((createRequire(from)(manifest) as { readonly version: string }).version === version)
        return join(manifest, '..');
    } catch {
      // It is not installed.
    }
  }
  return undefined;
};

/** The folder of kinesalite: the project's own, else that in the cache, where it is installed if it is missing. */
const placeOf = async ({ cacheFolder, signal }: TargetOptions): Promise<string> => {
  const place = placeInProject();
  if (place !== undefined) return place;
  const onInstall = (what: string): void => print.err(`${what}\n`);
  return installNpm('kinesalite', version, { cacheFolder, onInstall, ...(signal === undefined ? {} : { signal }) });
};

const startOn = async (place: string, options: TargetOptions): Promise<RunningTarget> => {
  const name = `kinesalite ${version}`;
  const child = startChild({ name, command: process.execPath, args: [serverFile, place], env: {} });
  const { signal } = options;
  let port = 0;
  try {
    await awaitReady(
      { name, child, deadlineMs: startDeadlineMs, ...(signal === undefined ? {} : { signal }) },
      async () => {
        port = Number(/listening on (\d+)/.exec(child.words())?.[1] ?? 0);
        return Promise.resolve(port > 0);
      },
    );
    const client = {
      endpoint: `http://127.0.0.1:${port}`,
      region: emulatorRegion(options.region),
      credentials: { accessKeyId: 'kinesisorder', secretAccessKey: 'kinesis-order' },
      requestTimeoutMs: 5000,
    };
    return {
      name: 'kinesalite',
      engine: 'kinesalite',
      version,
      client,
      deviations: deviationsOf('kinesalite', version),
      ...(await probe(client)),
      workers: workersOf('kinesalite'),
      words: () => child.words().replace(/^listening on \d+\s*/, ''),
      stop: child.stop,
      ended: child.exited,
    };
  } catch (thrown) {
    await child.stop();
    throw thrown;
  }
};
