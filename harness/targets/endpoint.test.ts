import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { body, html, refuses } from '../testing/stand-ins/lies.ts';
import { endpoint } from './endpoint.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

type Take = ReturnType<typeof body>;
const call = { action: 'ListStreams', count: 0, path: '/', input: {} };

/** An engine that takes so many calls otherwise, then answers rightly. */
const engineOf = async (take: Take, times = Number.POSITIVE_INFINITY): Promise<string> => {
  let calls = 0;
  const engine = await cannedEngine((response) => {
    calls += 1;
    if (calls <= times) take(response, call);
    else body('{"StreamNames":[],"HasMoreStreams":false}')(response, call);
  });
  open.push(engine.close);
  return engine.endpoint;
};

const start = (url: string) => endpoint.start({ region: 'us-east-1', cacheFolder: '/nowhere', endpoint: url });

describe('at an address where no Kinesis answers', () => {
  test('a web page is named, with its status', async () => {
    await expect(start(await engineOf(html(404)))).rejects.toMatchObject({
      code: 'target',
      message: expect.stringMatching(/ListStreams: HTTP 404 with a body that is not JSON.*<html>/) as string,
      hint: 'something else answers there, such as a web server or a proxy: check host and port',
    });
  });

  test('TLS on a port that speaks plain HTTP says so', async () => {
    const url = (await engineOf(html(200))).replace('http:', 'https:');
    await expect(start(url)).rejects.toMatchObject({
      hint: 'this port does not speak TLS: if it speaks plain HTTP, write http:// instead of https://',
    });
  });

  test('plain HTTP on a port that speaks TLS says so', async () => {
    const server = createServer((socket) => void socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(start(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
      hint: 'this port does not speak plain HTTP: if it speaks TLS, write https:// instead of http://',
    });
  });
});

describe('an engine that is not ready', () => {
  test('is asked again until it is', async () => {
    const target = await start(await engineOf(refuses('ServiceUnavailable', 503), 3));
    expect(target).toMatchObject({ name: 'endpoint' });
  });
});
