import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type LyingEngine, lyingEngine } from '../testing/stand-ins/lying-engine.ts';
import { assertLoaded, attach } from './attach.ts';
import { endpoint } from './endpoint.ts';
import { identify } from './identify.ts';
import { kinesalite } from './kinesalite.ts';
import { probeCloudformation } from './probe-cloudformation.ts';
import { attachedVersion } from './target-options.ts';

const options = { region: 'us-east-1', cacheFolder: '/nowhere' };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An engine's health pages, as they were seen; everything else is not there. */
const pages = async (answers: Readonly<Record<string, unknown>>): Promise<string> => {
  const server = createServer((request, response) => {
    const page = answers[request.url ?? ''];
    response.statusCode = page === undefined ? 404 : 200;
    response.end(JSON.stringify(page ?? {}));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const localstack = { services: { kinesis: 'running' }, edition: 'community', version: '4.14.0' };
const ministack = { services: { kinesis: 'available' }, edition: 'light', version: '1.5.33' };

describe('the engine behind an address', () => {
  test('MiniStack is not mistaken for LocalStack, although it serves LocalStack’s health page', async () => {
    const url = await pages({ '/_ministack/health': ministack, '/_localstack/health': ministack });
    expect(await identify(url)).toMatchObject({ engine: 'ministack', version: '1.5.33' });
  });

  test('LocalStack is recognised by its health page, also with a trailing slash in the address', async () => {
    const url = await pages({ '/_localstack/health': localstack });
    expect(await identify(`${url}/`)).toMatchObject({ engine: 'localstack', version: '4.14.0' });
  });

  test('an engine that does not identify itself has no name', async () => {
    expect(await identify(await pages({}))).toEqual({ engine: 'endpoint', version: 'unknown' });
  });
});

/** moto's own page in front of an engine: what it tells of itself is its kind. */
const motoBefore = (upstream: string): Promise<LyingEngine> =>
  lyingEngine(upstream, {
    answer: ({ path }, response) => {
      if (path !== '/moto-api/data.json') return false;
      response.end('{"kinesis":{}}');
      return true;
    },
  });

test.each([
  ['moto', undefined, 'unknown'],
  ['moto', '5.2.5', '5.2.5'],
  ['endpoint', '5.2.5', '5.2.5'],
] as const)(
  '--target %s attached to moto, with --engine-version %s, has version %s and the deviations of moto',
  async (name, said, version) => {
    const running = await kinesalite.start(options);
    const moto = await motoBefore(running.client.endpoint ?? '');
    try {
      const given = { ...options, endpoint: moto.endpoint, ...(said === undefined ? {} : { engineVersion: said }) };
      const target = await (name === 'endpoint' ? endpoint.start(given) : attach(name, given));
      expect(target).toMatchObject({ engine: 'moto', version });
      expect(target.deviations.map(({ id }) => id)).toContain('moto-starting-number-moves');
    } finally {
      await moto.close();
      await running.stop();
    }
  },
);

test("the version that an engine reports overrides the user's", () => {
  const said = { ...options, endpoint: 'http://localhost:4566', engineVersion: '4.13.0' };
  expect(() => attachedVersion('localstack', '4.14.0', said)).toThrow(
    '--engine-version 4.13.0: localstack at http://localhost:4566 reports version 4.14.0',
  );
});

test('another engine than the named one is refused', async () => {
  const running = await kinesalite.start(options);
  try {
    const address = running.client.endpoint ?? '';
    await expect(attach('localstack', { ...options, endpoint: address })).rejects.toMatchObject({
      code: 'target',
      message: `${address} is not localstack: an engine that does not identify itself answers there`,
      hint: 'use --target endpoint',
    });
    expect(await probeCloudformation(running.client)).toBe(false);
  } finally {
    await running.stop();
  }
});

test.each([
  ['error', 'check its log'],
  ['disabled', 'SERVICES=kinesis'],
])('an engine that is healthy while its Kinesis is "%s" is refused', (state, hint) => {
  expect(() => assertLoaded('localstack', { kinesis: state })).toThrow(`reports for its Kinesis: ${state}`);
  try {
    assertLoaded('localstack', { kinesis: state });
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'target', hint: expect.stringContaining(hint) as string });
  }
});
