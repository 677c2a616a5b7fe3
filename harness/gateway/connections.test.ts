import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createNetServer, type Socket } from 'node:net';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, describe, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import { cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { type ObservedGateway, observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import { createAuthority } from './front/authority.ts';
import type { GatewayOptions } from './gateway.ts';
import { emulator } from './upstream/emulator.ts';

let open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const through = async (endpoint: string, options: Partial<GatewayOptions> = {}): Promise<ObservedGateway> => {
  const started = await observedGateway({ upstream: emulator(endpoint), ...options });
  open.push(started.gateway.close);
  return started;
};

const client = (endpoint: string, maxAttempts = 1): KinesisClient => {
  const made = new KinesisClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts,
    requestHandler: new NodeHttpHandler(),
  });
  open.push(() => made.destroy());
  return made;
};

const put = new PutRecordCommand({ StreamName: 's', PartitionKey: 'k', Data: Buffer.from('x') });
const place = '{"ShardId":"s","SequenceNumber":"1"}';

const listening = async (server: Server, host = '127.0.0.1'): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

describe('the gateway, with an engine', () => {
  test('that answers another service: the next request on the connection is answered, too', async () => {
    const server = createServer((request, response) => void request.resume().on('end', () => response.end('tables')));
    const { listener } = await through(`http://127.0.0.1:${await listening(server)}`);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    open.push(() => agent.destroy());
    const ask = async (): Promise<string> => {
      const headers = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
      const asked = httpRequest({ agent, port: listener.port, method: 'POST', headers, timeout: 2000 });
      asked.on('timeout', () => asked.destroy(new Error('no answer')));
      asked.end('{}');
      const [answer] = (await once(asked, 'response')) as [AsyncIterable<Buffer>];
      let text = '';
      for await (const bytes of answer) text += bytes.toString();
      return text;
    };
    expect([await ask(), await ask(), await ask()]).toEqual(['tables', 'tables', 'tables']);
  });

  test('on this machine over TLS: accepts its self-signed certificate', async () => {
    const { cert, key } = (await createAuthority()).certify(['localhost']);
    const server = createHttpsServer(
      { cert, key },
      (request, response) => void request.resume().on('end', () => response.end(place)),
    );
    const { listener, observed } = await through(`https://localhost:${await listening(server as unknown as Server)}`);
    expect(await client(listener.endpoint).send(put)).toMatchObject({ SequenceNumber: '1' });
    expect(observed[0]?.answers).toMatchObject([{ kind: 'ok' }]);
  });

  test('on IPv6: forwards calls from an IPv6 listener', async () => {
    const server = createServer((request, response) => void request.resume().on('end', () => response.end(place)));
    const { gateway } = await through(`http://[::1]:${await listening(server, '::1')}`);
    const { endpoint } = await gateway.listen('six', { host: '::1' });
    expect(endpoint).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await client(endpoint).send(put)).toMatchObject({ SequenceNumber: '1' });
  });

  test('that closes an idle connection: closes the client’s connection too, and the next call opens a new one', async () => {
    let connections = 0;
    const server = createServer((request, response) => void request.resume().on('end', () => response.end(place)));
    server.keepAliveTimeout = 10;
    server.on('connection', () => (connections += 1));
    const { listener, troubles } = await through(`http://127.0.0.1:${await listening(server)}`);
    const socket = connect(listener.port, '127.0.0.1');
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: Kinesis_20131202.ListStreams\r\nContent-Length: 2\r\n\r\n{}',
    );
    const isEnded = await new Promise((resolve) => socket.resume().on('end', () => resolve(true)));
    const sdk = client(listener.endpoint);
    await sdk.send(put);
    expect([isEnded, connections, troubles]).toEqual([true, 2, []]);
  });

  test('that is not running: breaks the client’s connection, and reports that the call definitely had no effect', async () => {
    const { listener, observed, troubles } = await through('http://127.0.0.1:1');
    await expect(client(listener.endpoint).send(put)).rejects.toThrow();
    expect(observed[0]?.answers).toMatchObject([{ kind: 'lost', isSent: false }]);
    expect(troubles).toMatchObject([{ side: 'engine', message: expect.stringContaining('ECONNREFUSED') }]);
  });

  test.each([
    ['breaks the connection', (socket: Socket) => socket.destroy()],
    ['sends half an answer', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"Shard')],
    ['sends bytes that are not HTTP', (socket: Socket) => socket.end('hello\r\n\r\n')],
    ['sends half a head', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
  ])('that %s: reports that the call may have had an effect', async (_, answer) => {
    const server = createNetServer((socket) => socket.once('data', () => answer(socket)).on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => server.close());
    const { listener, observed, troubles } = await through(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    await expect(client(listener.endpoint).send(put)).rejects.toThrow();
    expect(observed).toMatchObject([{ answers: [{ kind: 'lost', isSent: true }] }]);
    expect(troubles).toMatchObject([{ side: 'engine' }]);
  });

  describe('that answers in parts', () => {
    const call = 'POST / HTTP/1.1\r\nX-Amz-Target: Kinesis_20131202.PutRecord\r\nContent-Length: 2\r\n\r\n{}';
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${place.length}\r\n\r\n`;
    /** The engine's side of the exchange, and what the client has received so far. */
    const exchange = async () => {
      const server = createNetServer((socket) => {
        socket.on('error', () => undefined).once('data', () => server.emit('asked', socket));
      });
      const asked = once(server, 'asked') as Promise<[Socket]>;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      open.push(() => server.close());
      const started = await through(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const socket = connect(started.listener.port, '127.0.0.1');
      open.push(() => socket.destroy());
      const seen = { text: '', isEnded: false };
      socket.on('data', (bytes) => (seen.text += bytes.toString())).on('end', () => (seen.isEnded = true));
      socket.write(call);
      const [engine] = await asked;
      return { ...started, engine, seen };
    };

    test('forwards each as it comes, and reports one answer at the end', async () => {
      const { engine, seen, observed } = await exchange();
      engine.write(head.slice(0, 20));
      await expect.poll(() => seen.text).toBe(head.slice(0, 20));
      engine.write(head.slice(20) + place.slice(0, 9));
      await expect.poll(() => seen.text).toBe(head + place.slice(0, 9));
      expect(observed[0]?.answers).toEqual([]);
      engine.write(place.slice(9));
      await expect.poll(() => seen.text).toBe(head + place);
      expect(observed[0]?.answers).toMatchObject([{ kind: 'ok' }]);
    });

    test('forwards no 100 Continue, whatever comes with it', async () => {
      for (const parts of [
        ['HTTP/1.1 100 Continue\r\n\r\n', head + place],
        [`HTTP/1.1 100\r\n\r\n${head}`, place],
      ]) {
        const { engine, seen, observed } = await exchange();
        for (const part of parts) {
          engine.write(part);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await expect.poll(() => seen.text).toBe(head + place);
        expect(observed[0]?.answers).toMatchObject([{ kind: 'ok' }]);
      }
    });

    test('and breaks off: the client gets what it would get without a gateway', async () => {
      const { engine, seen, observed } = await exchange();
      engine.end(head + place.slice(0, 9));
      await expect.poll(() => seen).toEqual({ text: head + place.slice(0, 9), isEnded: true });
      expect(observed[0]?.answers).toMatchObject([{ kind: 'lost', isSent: true }]);
    });
  });

  test('that ends its answer by closing the connection: forwards the complete answer', async () => {
    const server = createNetServer((socket) =>
      socket.once('data', () => socket.end(`HTTP/1.0 200 OK\r\n\r\n${place}`)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(() => server.close());
    const { listener, observed } = await through(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await client(listener.endpoint).send(put)).toMatchObject({ SequenceNumber: '1' });
    expect(observed).toMatchObject([{ answers: [{ kind: 'ok' }] }]);
  });
});

describe('the gateway, with a client', () => {
  test('that disconnects before the answer: still sends the call, and reports its answer as lost', async () => {
    const engine = await cannedEngine((response) => void setTimeout(() => response.end(place), 80));
    open.push(engine.close);
    const { listener, observed, troubles } = await through(engine.endpoint);
    const abort = new AbortController();
    const sent = client(listener.endpoint).send(put, { abortSignal: abort.signal });
    await expect.poll(() => observed).toHaveLength(1);
    abort.abort();
    await expect(sent).rejects.toThrow();
    await expect
      .poll(() => observed[0]?.answers)
      .toMatchObject([{ kind: 'lost', isSent: true, message: /client had closed/ }]);
    expect([engine.requests.length, troubles]).toEqual([1, []]);
  });

  test('that retries: reports both attempts with the same invocation id', async () => {
    let calls = 0;
    const engine = await cannedEngine((response) => {
      calls += 1;
      if (calls === 1) response.destroy();
      else response.end(place);
    });
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    await client(listener.endpoint, 3).send(put);
    expect(observed.map(({ call, answers }) => [call.attempt, answers[0]?.kind])).toEqual([
      [1, 'lost'],
      [2, 'ok'],
    ]);
    expect(new Set(observed.map(({ call }) => call.invocationId)).size).toBe(1);
  });
});

describe('requests to services other than Kinesis', () => {
  test('are forwarded unchanged, their answers are streamed, and the observer does not see them', async () => {
    const engine = await cannedEngine((response, { method, target, headers }) => {
      response.writeHead(201, { 'x-said': String(headers['x-mine']) });
      response.write(`${method} ${target} `);
      setTimeout(() => response.end('and more'), 20);
    });
    open.push(engine.close);
    const { listener, observed } = await through(engine.endpoint);
    const answer = await fetch(`${listener.endpoint}/a/b?c=d`, {
      method: 'PUT',
      headers: { 'x-mine': '1' },
      body: 'x',
    });
    expect([answer.status, answer.headers.get('x-said'), await answer.text()]).toEqual([
      201,
      '1',
      'PUT /a/b?c=d and more',
    ]);
    const head = await fetch(listener.endpoint, { method: 'HEAD' });
    expect([head.status, observed]).toEqual([201, []]);
  });

  test('are answered by the first route that matches and has an answer', async () => {
    const engine = await cannedEngine((response) => response.end('the engine'));
    open.push(engine.close);
    const seen: unknown[] = [];
    const { listener } = await through(engine.endpoint, {
      routes: [
        { matches: () => true, answer: () => Promise.resolve(undefined) },
        {
          matches: ({ path }) => path === '/_kinesis-order/end',
          answer: ({ method, body, contentType, port }) => {
            seen.push([port, method, contentType, Buffer.from(body).toString()]);
            return { status: 202, contentType: 'text/plain', body: 'ours' };
          },
        },
      ],
    });
    const headers = { 'content-type': 'text/plain' };
    const ours = await fetch(`${listener.endpoint}/_kinesis-order/end?now=1`, {
      method: 'POST',
      body: 'stop',
      headers,
    });
    expect([ours.status, await ours.text(), seen]).toEqual([202, 'ours', [['app', 'POST', 'text/plain', 'stop']]]);
    expect(await (await fetch(listener.endpoint)).text()).toBe('the engine');
  });

  test('a protocol upgrade is relayed, with the bytes that follow it', async () => {
    const server = createServer();
    server.on('upgrade', (_, socket, head) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
      socket.write(head);
      socket.pipe(socket);
    });
    const { listener } = await through(`http://127.0.0.1:${await listening(server)}`);
    const socket = connect(listener.port, '127.0.0.1');
    open.push(() => socket.destroy());
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString()));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhello');
    await expect.poll(() => text).toMatch(/101 Switching[^]*hello$/);
    socket.write(' again');
    await expect.poll(() => text).toMatch(/hello again$/);
  });
});

describe('the observer', () => {
  test('can hold a call before it is sent, and answer it in place of the engine', async () => {
    const engine = await cannedEngine((response) => response.end(place));
    open.push(engine.close);
    const order: string[] = [];
    const { listener } = await through(engine.endpoint, {
      observer: {
        before: async ({ input }) => {
          await Promise.resolve();
          order.push('before');
          if (input['PartitionKey'] !== 'gone') return undefined;
          return { kind: 'error', status: 400, code: 'ResourceNotFoundException', message: 'not here', requestId: 'r' };
        },
        sent: () => {
          order.push(`sent ${engine.requests.length}`);
          return { answered: () => void order.push('answered') };
        },
      },
    });
    const sdk = client(listener.endpoint);
    await sdk.send(put);
    const gone = sdk.send(new PutRecordCommand({ StreamName: 's', PartitionKey: 'gone', Data: Buffer.from('x') }));
    await expect(gone).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'not here',
      $metadata: { requestId: 'r' },
    });
    expect([order, engine.requests.length]).toEqual([['before', 'sent 0', 'answered', 'before'], 1]);
  });

  test('can throw without an effect on the client; the gateway reports it as its own failure', async () => {
    const engine = await cannedEngine((response) => response.end(place));
    open.push(engine.close);
    const { listener, troubles } = await through(engine.endpoint, {
      observer: {
        before: () => Promise.reject(new Error('no')),
        sent: () => {
          throw new Error('no');
        },
      },
    });
    expect(await client(listener.endpoint).send(put)).toMatchObject({ SequenceNumber: '1' });
    expect(troubles.map(({ side, message }) => [side, message])).toEqual([
      ['gateway', 'the observer failed: no'],
      ['gateway', 'the observer failed: no'],
    ]);
  });
});

describe('heal', () => {
  test('stops waiting for a silent engine at its deadline, and returns the number of unanswered calls', async () => {
    const engine = await cannedEngine(() => undefined);
    open.push(engine.close);
    const arm = faults.delay.make({ call: 1 });
    const { gateway, listener, observed } = await through(engine.endpoint, {
      faults: [{ id: 1, fault: 'delay', arm }],
    });
    const sent = client(listener.endpoint)
      .send(put)
      .catch(() => 'broken');
    await expect.poll(() => observed).toHaveLength(1);
    expect(await gateway.heal({ withinMs: 30 })).toBe(1);
    await gateway.close();
    expect(await sent).toBe('broken');
  });
});

describe('close', () => {
  test('drops the calls that a fault or the observer holds, without sending them', async () => {
    const engine = await cannedEngine((response) => response.end(place));
    open.push(engine.close);
    const arm = faults.delay.make({ call: 1, laterCalls: 5 });
    let release = (): void => undefined;
    const held = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
    const { gateway, listener, observed } = await observedGateway({
      upstream: emulator(engine.endpoint),
      faults: [{ id: 1, fault: 'delay', arm }],
    });
    open.push(gateway.close);
    const delayed = client(listener.endpoint)
      .send(put)
      .catch(() => 'broken');
    await expect.poll(() => observed).toHaveLength(1);
    const sent: string[] = [];
    const other = await through(engine.endpoint, {
      observer: { before: () => held, sent: ({ operation }) => (sent.push(operation), { answered: () => undefined }) },
    });
    const waiting = client(other.listener.endpoint)
      .send(put)
      .catch(() => 'broken');
    await expect.poll(() => other.requests).toHaveLength(1);
    await Promise.all([gateway.close(), other.gateway.close()]);
    release();
    expect(await Promise.all([delayed, waiting])).toEqual(['broken', 'broken']);
    expect([engine.requests, sent]).toEqual([[], []]);
    expect(observed[0]?.answers).toMatchObject([{ kind: 'lost', message: 'the gateway was closed' }]);
  });

  test('reports waiting calls as lost, and closes every connection on both sides', async () => {
    const engine = await cannedEngine(() => undefined);
    open.push(engine.close);
    const { gateway, listener, observed, troubles } = await through(engine.endpoint);
    const sent = client(listener.endpoint).send(put);
    const failed = sent.catch((thrown: unknown) => thrown);
    await expect.poll(() => engine.requests).toHaveLength(1);
    const agent = new Agent({ keepAlive: true });
    open.push(() => agent.destroy());
    await new Promise<void>((resolve) =>
      httpRequest({
        port: listener.port,
        agent,
        method: 'POST',
        path: '/',
        headers: { 'x-amz-target': 'Kinesis_20131202.X' },
      })
        .on('error', () => resolve())
        .end('{', () => void gateway.close().then(resolve)),
    );
    expect(await failed).toBeInstanceOf(Error);
    expect(observed[0]?.answers).toEqual([{ kind: 'lost', message: 'the gateway was closed', isSent: true }]);
    expect(troubles).toEqual([]);
    await expect(fetch(listener.endpoint)).rejects.toThrow();
    await gateway.close();
  });
});
