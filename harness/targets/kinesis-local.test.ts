import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { awaitReady } from './await-ready.ts';
import { startChild } from './child-engine.ts';
import { endpoint } from './endpoint.ts';
import { freePort } from './free-port.ts';
import { kinesalite } from './kinesalite.ts';
import { kinesisLocal } from './kinesis-local.ts';
import type { RunningTarget } from './target.ts';

const options = { region: 'us-east-1', cacheFolder: '/nowhere' };

/** Resolves when nobody answers at the address any more; fails after five seconds. */
const untilSilent = async (url: string): Promise<void> => {
  const clock = systemClock();
  while (clock.now() / 1000 < 5000) {
    try {
      await fetch(url, { signal: AbortSignal.timeout(500) });
    } catch {
      return;
    }
    await clock.sleep(20);
  }
  throw new Error(`${url} still answers`);
};

describe('the embedded engine', () => {
  let engine: RunningTarget;
  beforeAll(async () => {
    engine = await kinesisLocal.start(options);
  }, 30_000);
  afterAll(() => engine.stop());

  test('its capabilities are probed, and no stream is left behind', async () => {
    expect(engine.capabilities).toMatchObject({
      splitShard: true,
      mergeShards: true,
      updateShardCount: true,
      tags: true,
    });
    const kinesis = createKinesis(engine.client);
    expect(await kinesis.listStreams()).toEqual([]);
    kinesis.close();
  });

  test('two of them run side by side, and stopping twice is harmless', async () => {
    const second = await kinesisLocal.start(options);
    expect(second.client.endpoint).not.toBe(engine.client.endpoint);
    await second.stop();
    await second.stop();
    await untilSilent(`${second.client.endpoint}/healthcheck`);
    expect((await fetch(`${engine.client.endpoint}/healthcheck`)).ok).toBe(true);
  }, 30_000);
});

test('an engine does not outlive a parent killed with SIGKILL', async () => {
  const module = new URL('./kinesis-local.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then(async ({ kinesisLocal }) => {
    const engine = await kinesisLocal.start(${JSON.stringify(options)});
    console.log(engine.client.endpoint);
    setInterval(() => undefined, 1000);
  })`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const url = `${line.toString().trim()}/healthcheck`;
  expect((await fetch(url)).ok).toBe(true);
  parent.kill('SIGKILL');
  await untilSilent(url);
}, 30_000);

describe('an engine that does not start', () => {
  const node = (script: string) =>
    startChild({ name: 'engine', command: process.execPath, args: ['-e', script], env: {} });

  test('one that dies is reported with its own output', async () => {
    const child = node('console.error("EADDRINUSE: somebody is there"); process.exit(3)');
    await expect(
      awaitReady({ name: 'engine', child, deadlineMs: 5000 }, () => Promise.resolve(false)),
    ).rejects.toMatchObject({
      code: 'target',
      message: expect.stringMatching(/exit code 3.*EADDRINUSE: somebody is there/) as string,
    });
  });

  test('one that says that it has lost is not waited for, though its process goes on', async () => {
    const child = node('console.error("listen EADDRINUSE 127.0.0.1:1"); setInterval(() => 0, 1000)');
    const isLost = (words: string): boolean => words.includes('EADDRINUSE');
    await expect(
      awaitReady({ name: 'engine', child, deadlineMs: 30_000, isLost }, () => Promise.resolve(false)),
    ).rejects.toMatchObject({
      message: expect.stringContaining('engine does not come up: listen EADDRINUSE') as string,
    });
    expect(child.exit()).toBeUndefined();
    await child.stop();
  });

  test('two free ports that are asked for at once are two ports', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, freePort));
    expect(new Set(ports).size).toBe(20);
  });

  test('one that is never ready is reported at the deadline', async () => {
    const child = node('console.log("still thinking"); setInterval(() => 0, 1000)');
    await expect(
      awaitReady({ name: 'engine', child, deadlineMs: 400 }, () => Promise.resolve(false)),
    ).rejects.toMatchObject({
      message: expect.stringContaining('not ready after 400 ms') as string,
    });
    await child.stop();
    expect(child.exit()).toBeDefined();
  });
});

describe('an endpoint', () => {
  const at = async (listener: Parameters<typeof createServer>[1]) => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  test('that is down is refused with its address', async () => {
    const { server, url } = await at(undefined);
    await new Promise((resolve) => server.close(resolve));
    await expect(endpoint.start({ ...options, endpoint: url })).rejects.toMatchObject({
      code: 'target',
      message: expect.stringContaining(url) as string,
    });
  }, 30_000);

  test('that gives invalid answers is refused', async () => {
    const { server, url } = await at((_, response) => response.end('<html>hello</html>'));
    await expect(endpoint.start({ ...options, endpoint: url })).rejects.toMatchObject({ code: 'target' });
    server.close();
  }, 30_000);

  test('that hangs is refused after a short timeout', async () => {
    const { server, url } = await at(() => undefined);
    await expect(endpoint.start({ ...options, endpoint: url })).rejects.toMatchObject({
      code: 'target',
      message: expect.stringContaining('Timeout') as string,
    });
    server.closeAllConnections();
    server.close();
  }, 30_000);
});

/** The keepers that this process started, by their command lines. */
const keepersOf = (name: string): readonly number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row))
    .flatMap((row) =>
      row !== null && row[2] === String(process.pid) && row[3]?.includes('die-with-parent') && row[3].includes(name)
        ? [Number(row[1])]
        : [],
    );

test.each([
  ['kinesis-local', kinesisLocal, 'kinesis-local'],
  ['kinesalite', kinesalite, 'kinesalite-server'],
])(
  '%s does not outlive its keeper killed with SIGKILL, and stopping it then ends at once',
  async (_, target, name) => {
    const engine = await target.start(options);
    const [keeper, ...more] = keepersOf(name);
    expect(more).toEqual([]);
    process.kill(keeper ?? 0, 'SIGKILL');
    await untilSilent(engine.client.endpoint ?? '');
    await engine.stop();
  },
  30_000,
);
