import { createServer } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CannedEngine, cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { type ToldGateway, toldGateway } from '../testing/stand-ins/told-gateway.ts';
import { emulator } from './upstream/emulator.ts';

let open: (() => unknown)[] = [];
let engine: CannedEngine;
let started: ToldGateway;
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
  started = await toldGateway({ upstream: emulator(engine.endpoint) });
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

describe('what is no HTTP goes to the engine, which answers', () => {
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
    ['a length that is none', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n`],
    ['chunks that are none', `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n`],
    ['a head without an end', `GET / HTTP/1.1\r\nHost: x\r\n${`A: ${'a'.repeat(1000)}\r\n`.repeat(100)}`],
    ['half a head', 'POST / HTTP/1.1\r\nHost:'],
    ['half a body', head().concat('{"Str')],
    ['another version', 'GET / HTTP/3.7\r\nHost: x\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    const direct = await say(bytes, enginePort());
    expect(undated(await say(bytes))).toBe(undated(direct));
    expect(started.troubles).toMatchObject([{ side: 'client', port: 'app' }]);
    expect(started.told).toEqual([]);
    await expectAlive();
  });

  test('nothing at all is closed without a word', async () => {
    expect(await say('')).toBe('');
    expect([started.troubles, started.requests]).toEqual([[], []]);
    await expectAlive();
  });
});

describe('requests cut anywhere', () => {
  test('one byte at a time is one call', async () => {
    const socket = await dial();
    const all = heard(socket);
    for (const byte of Buffer.from(head('Connection: close\r\n') + body)) socket.write(Buffer.from([byte]));
    expect(await all).toContain('"SequenceNumber":"1"');
    expect(started.told).toMatchObject([{ call: { input: { PartitionKey: 'k' } }, answers: [{ kind: 'ok' }] }]);
  });

  test('several in one packet are answered in their order, one after the other', async () => {
    const socket = await dial();
    const all = heard(socket);
    socket.write(whole + whole + head('Connection: close\r\n') + body);
    expect((await all).match(/"SequenceNumber"/g)).toHaveLength(3);
    expect(started.told.map(({ call, answers }) => [call.id, answers.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
  });

  test('an empty line between two requests belongs to none', async () => {
    const socket = await dial();
    const all = heard(socket);
    socket.write(`${whole}\r\n`);
    await expect.poll(() => started.told[0]?.answers.length).toBe(1);
    socket.write(`${head('Connection: close\r\n')}${body}`);
    expect((await all).match(/"SequenceNumber"/g)).toHaveLength(2);
    expect(started.troubles).toEqual([]);
  });

  test('in chunks, with an extension and a trailer', async () => {
    const chunked = head('Transfer-Encoding: chunked\r\nConnection: close\r\n').replace(/Content-Length.*\r\n/, '');
    const chunks = `5;a=b\r\n${body.slice(0, 5)}\r\n${(body.length - 5).toString(16)}\r\n${body.slice(5)}\r\n0\r\nX-T: 1\r\n\r\n`;
    expect(await say(chunked + chunks)).toContain('"SequenceNumber":"1"');
    expect(started.told).toMatchObject([{ call: { input: { PartitionKey: 'k' }, bytes: body.length } }]);
    expect(engine.requests[0]?.body.toString()).toBe(body);
  });

  test('a client that waits for 100 Continue is told to go on, once', async () => {
    const socket = await dial();
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString()));
    socket.write(head('Expect: 100-continue\r\n'));
    await expect.poll(() => text).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(body);
    await expect.poll(() => text).toContain('"SequenceNumber":"1"');
    expect(text.match(/100 Continue/g)).toHaveLength(1);
  });

  test('an offer of HTTP/2 by upgrade is not passed on', async () => {
    expect(
      await say(
        head('Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n') + body,
      ),
    ).toContain('200 OK');
    expect(engine.requests[0]?.headers).not.toHaveProperty('upgrade');
  });

  test('a client of HTTP/1.0', async () => {
    expect(await say(whole.replace('HTTP/1.1', 'HTTP/1.0'))).toContain('"SequenceNumber":"1"');
  });
});

test('a client that ends its side at once gets all of its answers, and is told of as gone', async () => {
  const answers = await say(whole + whole);
  expect(answers.match(/"SequenceNumber"/g)).toHaveLength(2);
  expect(started.told).toMatchObject([{ answers: [{ kind: 'lost' }] }, { answers: [{ kind: 'lost' }] }]);
});

describe('silence', () => {
  const quiet = async () => {
    const { gateway, listener, troubles } = await toldGateway({
      upstream: emulator(engine.endpoint),
      idle: { idleMs: 60, everyMs: 20 },
    });
    open.push(gateway.close);
    return { port: listener.port, troubles };
  };

  test('after half a request: it goes to the engine as it is, and in the end the connection is closed', async () => {
    const { port, troubles } = await quiet();
    const socket = await dial(port);
    socket.write(head() + body.slice(0, 5));
    await heard(socket);
    expect(troubles).toMatchObject([{ side: 'client', message: expect.stringContaining('half a request') }]);
  });

  test('between two requests closes the connection without a word', async () => {
    const { port, troubles } = await quiet();
    const socket = await dial(port);
    socket.write(whole);
    expect(await heard(socket)).toContain('"SequenceNumber":"1"');
    expect(troubles).toEqual([]);
  });

  test('of the engine ends a call that nobody waits for any more', async () => {
    const mute = await cannedEngine(() => undefined);
    const { gateway, listener, told, troubles } = await toldGateway({
      upstream: emulator(mute.endpoint),
      idle: { idleMs: 60, everyMs: 20 },
    });
    open.push(mute.close, gateway.close);
    const socket = await dial(listener.port);
    socket.write(whole);
    await heard(socket);
    expect(told).toMatchObject([{ answers: [{ kind: 'lost', isSent: true }] }]);
    expect(troubles).toMatchObject([{ side: 'engine', message: 'the engine was silent for too long' }]);
  });
});

describe('large and many', () => {
  test('12 MB reach the engine, and its answer the client, over HTTP/1.1 and HTTP/2', async () => {
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
    expect(started.told).toMatchObject([{ call: { bytes: large.length, input: {} } }, { call: { input: {} } }]);
  });

  test('an engine that refuses a large body while it is sent: its refusal comes through', async () => {
    const small = createServer((request, response) => {
      response.writeHead(413, { connection: 'close' }).end('too large');
      request.on('error', () => undefined).resume();
    });
    await new Promise<void>((resolve) => small.listen(0, '127.0.0.1', resolve));
    const { gateway, listener, told } = await toldGateway({
      upstream: emulator(`http://127.0.0.1:${(small.address() as AddressInfo).port}`),
    });
    open.push(() => small.close(), gateway.close);
    const large = await fetch(listener.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'Kinesis_20131202.PutRecords' },
      body: Buffer.alloc(1024 * 1024, 'x'),
    });
    expect([large.status, await large.text()]).toEqual([413, 'too large']);
    expect(told[0]?.answers).toMatchObject([{ kind: 'lost' }]);
  });

  test('a thousand idle connections take none of the engine, and another client is served', async () => {
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

  test('200 connections at once over 50 streams, each answered with its own', async () => {
    const own = await cannedEngine((response, request) => response.writeHead(200).end(request.body));
    const { gateway, listener, told } = await toldGateway({ upstream: emulator(own.endpoint) });
    open.push(own.close, gateway.close);
    const calls = Array.from({ length: 200 }, async (_, index) => {
      const mine = JSON.stringify({ StreamName: `s${index % 50}`, PartitionKey: `k${index}`, Data: 'eA==' });
      const socket = await dial(listener.port);
      const answers = heard(socket);
      socket.write(`${head('', mine.length)}${mine}${head('Connection: close\r\n', mine.length)}${mine}`);
      return (await answers).split(mine).length - 1;
    });
    expect(new Set(await Promise.all(calls))).toEqual(new Set([2]));
    expect(told).toHaveLength(400);
    expect(
      told.every(({ call, answers }) => answers.length === 1 && 'output' in (answers[0] ?? {}) && call.id > 0),
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
  test('a session of garbage is closed, and is the client’s failure', async () => {
    await say('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nhello, this is no frame at all, is it?');
    await expect.poll(() => started.troubles).toMatchObject([{ side: 'client' }]);
    await expectAlive();
  });

  test('a client that resets a request half sent costs no call', async () => {
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
    expect(started.told).toHaveLength(1);
  });
});
