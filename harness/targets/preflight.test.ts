import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { denyingEngine } from '../testing/stand-ins/denying-engine.ts';
import { kinesalite } from './kinesalite.ts';
import { preflight, preflightOnce, skewNote } from './preflight.ts';
import type { RunningTarget } from './target.ts';

let target: RunningTarget;
beforeAll(async () => {
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '.cache' });
});
afterAll(() => target.stop());

const at = (endpoint: string): RunningTarget => ({ ...target, client: { ...target.client, endpoint } });
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Answers every call in the same way, with a clock of its own. */
const answering = async (body: unknown, date: Date): Promise<RunningTarget> => {
  const server = createServer((_, response) => {
    response.sendDate = false;
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', date: date.toUTCString() });
    response.end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return at(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
};

const minute = 60_000;
const limits = { StreamNames: ['a', 'b'], HasMoreStreams: false, ShardLimit: 50, OpenShardCount: 48 };

describe('preflight', () => {
  test('a healthy target reports its streams, and no clock skew', async () => {
    const found = await preflight(target);
    expect(found).toMatchObject({ skewMs: 0 });
    expect(found.findings).toContainEqual({ what: 'streams there', found: 'none' });
    expect(skewNote(found)).toBeUndefined();
  });

  test.each([
    [5, 'its clock is 300 s ahead of ours'],
    [-5, 'its clock is 300 s behind ours'],
  ])('a clock that is %i minutes off is reported', async (minutes, words) => {
    const found = await preflight(await answering(limits, new Date(Date.now() + minutes * minute)));
    expect(Math.round((found.skewMs ?? 0) / minute)).toBe(minutes);
    expect(skewNote(found)).toContain(words.replace('300', String(Math.abs(Math.round((found.skewMs ?? 0) / 1000)))));
  });

  test('the number of shards that the account may still open is reported', async () => {
    expect(await preflight(await answering(limits, new Date()))).toMatchObject({ shardsLeft: 2 });
  });

  test('missing permissions are an error with the message of AWS', async () => {
    const denial = { error: 'AccessDeniedException', message: 'not authorized to perform: kinesis:ListStreams' };
    const engine = await denyingEngine(target.client.endpoint ?? '', () => denial);
    try {
      await expect(preflight(at(engine.endpoint))).rejects.toMatchObject({
        code: 'target',
        message: expect.stringContaining(
          'AccessDeniedException: not authorized to perform: kinesis:ListStreams',
        ) as string,
      });
    } finally {
      await engine.close();
    }
  });

  test('an engine that has gone away is an error, and the next run tries again', async () => {
    const gone = at('http://127.0.0.1:1');
    await expect(preflightOnce(gone)).rejects.toMatchObject({
      code: 'target',
      message: expect.stringContaining('does not answer ListStreams') as string,
    });
    await expect(preflightOnce(gone)).rejects.toThrow('does not answer');
  });
});
