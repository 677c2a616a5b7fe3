import { createServer } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CannedEngine, cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { type ObservedGateway, observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import { emulator } from './upstream/emulator.ts';

let open: (() => unknown)[] = [];
let engine: CannedEngine;
let started: ObservedGateway;
const rejections: unknown[] = [];
const onRejection = (thrown: unknown): void => void rejections.push(thrown);

beforeEach(async () => {
  process.on('unhandledRejection', onRejection);
  process.on('uncaughtException', onRejection);
  engine = await cannedEngine((response) => {
    response
      .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
      .end('{"ShardId":"s","SequenceNumber":"1"}');
  });
  started = await observedGateway({ upstream: emulator(engine.endpoint) });
  open.push(engine.close, started.gateway.close);
});
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
  process.off('unhandledRejection', onRejection);
  process.off('uncaughtException', onRejection);
  expect(rejections.splice(0)).toEqual([]);
});

const dial = async (port = started.listener.port): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  open.push(() => socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
};

/** All that comes until the other side closes. */
const heard = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
    socket.on('close', () => resolve(text));
  });

const say = async (bytes: string | Buffer, port?: number): Promise<string> => {
  const socket = await dial(port);
  const all = heard(socket);
  socket.end(bytes);
  return all;
};

const body = '{"StreamName":"s","PartitionKey":"k","Data":"eA=="}';
const head = (more = '', length = body.length): string =>
  `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: Kinesis_20131202.PutRecord\r\nContent-Length: ${length}\r\n${more}\r\n`;
const whole = head() + body;
const enginePort = (): number => Number(new URL(engine.endpoint).port);
/** What a server of Node says that has no clock in its head. */
const undated = (text: string): string => text.replace(/Date: .*\r\n/g, '');

/** A whole call goes through: the gateway lives. */
const expectAlive = async (): Promise<void> => {
  expect(await say(head('Connection: close\r\n') + body)).toContain('"SequenceNumber":"1"');
};

describe('bytes that are not valid HTTP are relayed to the engine, and its answer comes back', () => {
  test.each([
    ['bytes of any kind', Buffer.from([0, 1, 2, 0xff, 0xfe, 13, 10])],
    ['text', 'hello\r\n\r\n'],
    ['a request line with line feeds alone', 'GET / HTTP/1.1\nHost: x\n\n'],
    ['a header without a colon', 'POST / HTTP/1.1\r\nHost x\r\n\r\n'],
    ['two lengths', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a length that is not a number', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n`],
    ['chunks without chunk framing', `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n`],
    ['a head without an end', `GET / HTTP/1.1\r\nHost: x\r\n${`A: ${'a'.repeat(1000)}\r\n`.repeat(100)}`],
    ['half a head', 'POST / HTTP/1.1\r\nHost:'],
    ['half a body', head().concat('{"Str')],
    ['another version', 'GET / HTTP/3.7\r\nHost: x\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    const direct = await say(bytes, enginePort());
    expect(undated(await say(bytes))).toBe(undated(direct));
    expect(started.troubles).toMatchObject([{ side: 'client', port: 'app' }]);
    expect(started.observed).toEqual([]);
    await expectAlive();
  });

  test('a connection without any bytes is closed, and not reported', async () => {
    expect(await say('')).toBe('');
    expect([started.troubles, started.requests]).toEqual([[], []]);
    await expectAlive();
  });
});

describe('requests in packets of any size', () => {
  test('one byte per packet is one call', async () => {
    const socket = await dial();
    const all = heard(socket);
    for (const byte of Buffer.from(head('Connection: close\r\n') + body)) socket.write(Buffer.from([byte]));
    expect(await all).toContain('"SequenceNumber":"1"');
    expect(started.observed).toMatchObject([{ call: { input: { PartitionKey: 'k' } }, answers: [{ kind: 'ok' }] }]);
  });

  test('several in one packet are answered in order, one at a time', async () => {
    const socket = await dial();
    const all = heard(socket);
    socket.write(whole + whole + head('Connection: close\r\n') + body);
    expect((await all).match(/"SequenceNumber"/g)).toHaveLength(3);
    expect(started.observed.map(({ call, answers }) => [call.id, answers.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  test('an empty line between two requests is skipped', async () => {
    const socket = await dial();
    const all = heard(socket);
    socket.write(`${whole}\r\n`);
    await expect.poll(() => started.observed[0]?.answers.length).toBe(1);
    socket.write(`${head('Connection: close\r\n')}${body}`);
    expect((await all).match(/"SequenceNumber"/g)).toHaveLength(2);
    expect(started.troubles).toEqual([]);
  });

  test('chunks with an extension and a trailer are decoded', async () => {
    const chunked = head('Transfer-Encoding: chunked\r\nConnection: close\r\n').replace(/Content-Length.*\r\n/, '');
    const chunks = `5;a=b\r\n${body.slice(0, 5)}\r\n${(body.length - 5).toString(16)}\r\n${body.slice(5)}\r\n0\r\nX-T: 1\r\n\r\n`;
    expect(await say(chunked + chunks)).toContain('"SequenceNumber":"1"');
    expect(started.observed).toMatchObject([{ call: { input: { PartitionKey: 'k' }, bytes: body.length } }]);
    expect(engine.requests[0]?.body.toString()).toBe(body);
  });

  test('a client that sends Expect: 100-continue gets 100 Continue once', async () => {
    const socket = await dial();
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString()));
    socket.write(head('Expect: 100-continue\r\n'));
    await expect.poll(() => text).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(body);
    await expect.poll(() => text).toContain('"SequenceNumber":"1"');
    expect(text.match(/100 Continue/g)).toHaveLength(1);
  });

  test('an offer to upgrade to HTTP/2 is not forwarded', async () => {
    expect(
      await say(
        head('Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n') + body,
      ),
    ).toContain('200 OK');
    expect(engine.requests[0]?.headers).not.toHaveProperty('upgrade');
  });

  test('an HTTP/1.0 client is served', async () => {
    expect(await say(whole.replace('HTTP/1.1', 'HTTP/1.0'))).toContain('"SequenceNumber":"1"');
  });
});

test('a client that half-closes at once gets all its answers, and the observer sees them as lost', async () => {
  const answers = await say(whole + whole);
  expect(answers.match(/"SequenceNumber"/g)).toHaveLength(2);
  expect(started.observed).toMatchObject([{ answers: [{ kind: 'lost' }] }, { answers: [{ kind: 'lost' }] }]);
});

describe('an idle connection', () => {
  const quiet = async () => {
    const { gateway, listener, troubles } = await observedGateway({
      upstream: emulator(engine.endpoint),
      idle: { idleMs: 60, everyMs: 20 },
    });
    open.push(gateway.close);
    return { port: listener.port, troubles };
  };

  test('after half a request: the half is forwarded to the engine, then the connection is closed', async () => {
    const { port, troubles } = await quiet();
    const socket = await dial(port);
    socket.write(head() + body.slice(0, 5));
    await heard(socket);
    expect(troubles).toMatchObject([{ side: 'client', message: expect.stringContaining('half a request') }]);
  });

  test('between two requests is closed, and not reported', async () => {
    const { port, troubles } = await quiet();
    const socket = await dial(port);
    socket.write(whole);
    expect(await heard(socket)).toContain('"SequenceNumber":"1"');
    expect(troubles).toEqual([]);
  });

  test('of an engine ends a call that no client waits for', async () => {
    const mute = await cannedEngine(() => undefined);
    const { gateway, listener, observed, troubles } = await observedGateway({
      upstream: emulator(mute.endpoint),
      idle: { idleMs: 60, everyMs: 20 },
    });
    open.push(mute.close, gateway.close);
    const socket = await dial(listener.port);
    socket.write(whole);
    await heard(socket);
    expect(observed).toMatchObject([{ answers: [{ kind: 'lost', isSent: true }] }]);
    expect(troubles).toMatchObject([{ side: 'engine', message: 'the engine was silent for too long' }]);
  });
});

describe('load', () => {
  test('12 MB go to the engine and back, over HTTP/1.1 and HTTP/2', async () => {
    const large = Buffer.alloc(12 * 1024 * 1024, 'x');
    const answer = await fetch(started.listener.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'Kinesis_20131202.PutRecords' },
      body: large,
    });
    expect(answer.status).toBe(200);
    const session = connectHttp2(started.listener.endpoint);
    open.push(() => session.destroy());
    expect(await askHttp2(session, large)).toContain('"SequenceNumber":"1"');
    expect(engine.requests.map((request) => request.body.equals(large))).toEqual([true, true]);
    expect(started.observed).toMatchObject([{ call: { bytes: large.length, input: {} } }, { call: { input: {} } }]);
  });

  test('if an engine refuses a large body while it is being sent, the client gets the refusal', async () => {
    const small = createServer((request, response) => {
      response.writeHead(413, { connection: 'close' }).end('too large');
      request.on('error', () => undefined).resume();
    });
    await new Promise<void>((resolve) => small.listen(0, '127.0.0.1', resolve));
    const { gateway, listener, observed } = await observedGateway({
      upstream: emulator(`http://127.0.0.1:${(small.address() as AddressInfo).port}`),
    });
    open.push(() => small.close(), gateway.close);
    const large = await fetch(listener.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'Kinesis_20131202.PutRecords' },
      body: Buffer.alloc(1024 * 1024, 'x'),
    });
    expect([large.status, await large.text()]).toEqual([413, 'too large']);
    expect(observed[0]?.answers).toMatchObject([{ kind: 'lost' }]);
  });

  test('1,000 idle connections open no connection to the engine, and do not block another client', async () => {
    const idle = await Promise.all(Array.from({ length: 1000 }, () => dial()));
    let reached = 0;
    const counted = await new Promise<number>((resolve) => {
      void expectAlive().then(() => resolve(engine.requests.length));
    });
    reached += counted;
    expect([reached, idle.every((socket) => !socket.destroyed)]).toEqual([1, true]);
    await started.gateway.close();
    await expect.poll(() => idle.every((socket) => socket.destroyed || socket.readableEnded)).toBe(true);
  });

  test('200 concurrent connections to 50 streams each get their own answer', async () => {
    const own = await cannedEngine((response, request) => response.writeHead(200).end(request.body));
    const { gateway, listener, observed } = await observedGateway({ upstream: emulator(own.endpoint) });
    open.push(own.close, gateway.close);
    const calls = Array.from({ length: 200 }, async (_, index) => {
      const mine = JSON.stringify({ StreamName: `s${index % 50}`, PartitionKey: `k${index}`, Data: 'eA==' });
      const socket = await dial(listener.port);
      const answers = heard(socket);
      socket.write(`${head('', mine.length)}${mine}${head('Connection: close\r\n', mine.length)}${mine}`);
      return (await answers).split(mine).length - 1;
    });
    expect(new Set(await Promise.all(calls))).toEqual(new Set([2]));
    expect(observed).toHaveLength(400);
    expect(
      observed.every(({ call, answers }) => answers.length === 1 && 'output' in (answers[0] ?? {}) && call.id > 0),
    ).toBe(true);
  });
});

const askHttp2 = async (session: ClientHttp2Session, sent: Buffer): Promise<string> => {
  const request = session.request({ ':method': 'POST', 'x-amz-target': 'Kinesis_20131202.PutRecords' });
  request.end(sent);
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

describe('HTTP/2', () => {
  test('a session with garbage is closed, and reported as the client’s failure', async () => {
    await say('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nhello, this is no frame at all, is it?');
    await expect.poll(() => started.troubles).toMatchObject([{ side: 'client' }]);
    await expectAlive();
  });

  test('a client that resets half a request makes no call', async () => {
    const session = connectHttp2(started.listener.endpoint);
    open.push(() => session.destroy());
    const request = session.request({
      ':method': 'POST',
      'x-amz-target': 'Kinesis_20131202.PutRecord',
      'content-length': body.length,
    });
    request.on('error', () => undefined).write('{"Str');
    await new Promise((resolve) => setImmediate(resolve));
    request.close(8);
    await new Promise((resolve) => request.once('close', resolve));
    expect(await askHttp2(session, Buffer.from(body))).toContain('"SequenceNumber":"1"');
    expect(started.observed).toHaveLength(1);
  });
});
