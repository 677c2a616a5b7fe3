import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { seededRandom } from '../lib/random.ts';
import type { ClaimAnswer } from './ask-claim.ts';
import type { Claim } from './claim.ts';
import { accepted, Outcome, refused, setUp } from './outcome.ts';
import { type RunClaimsOptions, runClaims } from './run-claims.ts';

/** A service of a few lines, so that each way of answering can be had at will. */
type Handler = (api: string, body: string, response: ServerResponse) => void;
const servers: Server[] = [];

const serve = async (handler: Handler): Promise<ClientOptions> => {
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const api = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      handler(api, Buffer.concat(chunks).toString(), response);
    });
  });
  return listening(server);
};

const listening = async (server: Server): Promise<ClientOptions> => {
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  return { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials, requestTimeoutMs: 300 };
};

const reply = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
};

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const claimOf = (probe: Claim['probe']): Claim => ({ area: 'writes', wording: 'w', source: 'SDK x', probe });

const run = (
  client: ClientOptions,
  claims: Readonly<Record<string, Claim>>,
  more: Partial<RunClaimsOptions> = {},
): Promise<readonly ClaimAnswer[]> =>
  runClaims({
    client,
    claims,
    run: 'test',
    clock: systemClock(),
    random: seededRandom('t'),
    signal: new AbortController().signal,
    slowness: 0.03,
    parallel: 4,
    ...more,
  });

const put = { StreamName: 's', PartitionKey: 'k', Data: Buffer.from('x') };
const asks = claimOf(async (probe) => {
  accepted(await probe.call('PutRecord', put), 'PutRecord');
  return 'was taken';
});
const kindOf = async (handler: Handler): Promise<string> => (await run(await serve(handler), { asks }))[0]?.kind ?? '';

describe('what an engine answers', () => {
  test('is conforms where the probe saw what AWS says', async () => {
    expect(await kindOf((_api, _body, response) => reply(response, 200, {}))).toBe('conforms');
  });

  test('is deviates where it refuses what AWS takes', async () => {
    const refuse: Handler = (_api, _body, response) => reply(response, 400, { __type: 'ValidationException' });
    expect(await kindOf(refuse)).toBe('deviates');
  });

  test.each(['UnknownOperationException', 'ApiNotImplemented', 'InvalidAction'])('is not there on %s', async (name) => {
    expect(await kindOf((_api, _body, response) => reply(response, 400, { __type: name }))).toBe('not there');
  });

  test('is error on a 500 and on a page of HTML', async () => {
    expect(await kindOf((_api, _body, response) => reply(response, 500, { __type: 'InternalFailure' }))).toBe('error');
    expect(await kindOf((_api, _body, response) => void response.writeHead(200).end('<html>hello</html>'))).toBe(
      'error',
    );
  });

  test('is no answer where it is silent, and the call that hangs is named', async () => {
    const [answer] = await run(await serve(() => undefined), { asks });
    expect(answer).toMatchObject({ kind: 'no answer', saw: expect.stringContaining('PutRecord') });
  });

  const big = claimOf(async (probe) => {
    accepted(await probe.call('PutRecord', { ...put, Data: new Uint8Array(4_000_000) }), 'PutRecord');
    return '';
  });
  test.each([
    ['destroyed', (response: ServerResponse) => void response.socket?.destroy()],
    ['reset', (response: ServerResponse) => void response.socket?.resetAndDestroy()],
    ['half-closed', (response: ServerResponse) => void response.socket?.end()],
  ])('is error where the connection is %s while a call of 4 MB is sent', async (_, breaks) => {
    const server = createServer((request, response) => {
      if (request.headers['x-amz-target'] !== 'Kinesis_20131202.PutRecord') return reply(response, 200, {});
      request.on('error', () => undefined).once('data', () => breaks(response));
    });
    const [answer] = await run(await listening(server), { big });
    expect(answer).toMatchObject({ kind: 'error', saw: expect.stringContaining('PutRecord: the connection broke: E') });
  });

  test('is what it is where the engine closes each connection behind its answer, and says nothing of it', async () => {
    const often = claimOf(async (probe) => {
      for (let call = 0; call < 30; call += 1) accepted(await probe.call('PutRecord', put), 'PutRecord');
      return 'each was answered';
    });
    const client = await serve((_api, _body, response) => {
      response.on('finish', () => setImmediate(() => response.socket?.destroy()));
      reply(response, 200, {});
    });
    expect((await run(client, { often }))[0]).toMatchObject({ kind: 'conforms', saw: 'each was answered' });
  });

  test('is no answer where a probe does not come to its end', async () => {
    const hangs = claimOf(() => new Promise(() => undefined));
    const client = await serve((_api, _body, response) => reply(response, 200, {}));
    expect((await run(client, { hangs }))[0]?.kind).toBe('no answer');
  });

  test('is error, not deviates, where the way to the question is refused', async () => {
    const claim = claimOf(async (probe) => {
      setUp(await probe.call('PutRecord', put), 'PutRecord');
      return '';
    });
    const client = await serve((_api, _body, response) => reply(response, 400, { __type: 'AccessDeniedException' }));
    expect((await run(client, { claim }))[0]).toMatchObject({
      kind: 'error',
      saw: expect.stringContaining('could not ask'),
    });
  });

  test('is deviates where a refusal has another name than AWS says', async () => {
    const claim = claimOf(async (probe) =>
      refused(await probe.call('PutRecord', put), 'it', ['ResourceNotFoundException']),
    );
    const client = await serve((_api, _body, response) => reply(response, 400, { __type: 'ValidationException' }));
    expect((await run(client, { claim }))[0]?.kind).toBe('deviates');
  });
});

describe('streams of a probe', () => {
  /** Knows the calls that make and remove a stream, and which streams stand. */
  const keeping = (standing: Set<string>): Handler => {
    return (api, body, response) => {
      const { StreamName = '' } = JSON.parse(body) as { readonly StreamName?: string };
      if (api === 'CreateStream') standing.add(StreamName);
      if (api === 'DeleteStream') standing.delete(StreamName);
      reply(response, 200, { StreamDescriptionSummary: { StreamName, StreamStatus: 'ACTIVE', StreamARN: 'arn' } });
    };
  };

  const endings: readonly (readonly [kind: string, saw: string, end: () => Promise<unknown>])[] = [
    ['conforms', 'fine', () => Promise.resolve('fine')],
    ['deviates', 'odd', () => Promise.reject(new Outcome('deviates', 'odd'))],
    ['error', 'not at all', () => Promise.reject(new Error('not at all'))],
    ['no answer', 'end', () => new Promise(() => undefined)],
  ];

  test.each(endings)('are removed when the answer is %s', async (kind, saw, end) => {
    const standing = new Set<string>();
    const claim = claimOf(async (probe) => {
      await probe.stream();
      expect(standing.size).toBe(1);
      return String(await end());
    });
    const [answer] = await run(await serve(keeping(standing)), { claim }, { slowness: 0.03 });
    expect(answer).toMatchObject({ kind, saw: expect.stringContaining(saw) });
    expect(standing.size).toBe(0);
  });
});

describe('an engine that dies', () => {
  test('is started again, and the death is told of the claim that brings it', async () => {
    let starts = 0;
    const start = async (): Promise<ClientOptions> => {
      starts += 1;
      const handler: Handler = (api, _body, response) => {
        if (api !== 'PutRecords') return reply(response, 200, {});
        servers.at(-1)?.close();
        servers.at(-1)?.closeAllConnections();
      };
      return serve(handler);
    };
    const kills = claimOf(async (probe) => {
      accepted(await probe.call('PutRecords', { StreamName: 's', Records: [] }), 'PutRecords');
      return '';
    });
    const answers = await run(await start(), { a: asks, kills, b: asks, c: asks }, { revive: start });
    expect(answers.map(({ claim, kind }) => [claim, kind])).toEqual([
      ['a', 'conforms'],
      ['kills', 'no answer'],
      ['b', 'conforms'],
      ['c', 'conforms'],
    ]);
    expect(answers[1]?.saw).toContain('the engine died of it');
    expect(starts).toBe(3);
  });
});

describe('a claim that does not conform beside others', () => {
  test('is asked again alone, and both answers are told', async () => {
    let underWay = 0;
    const shy = claimOf(async () => {
      if (underWay > 0) throw new Outcome('deviates', 'not beside others');
      return 'fine';
    });
    const busy = claimOf(async (probe) => {
      underWay += 1;
      await probe.clock.sleep(100, probe.signal);
      underWay -= 1;
      return 'done';
    });
    const client = await serve((_api, _body, response) => reply(response, 200, {}));
    const [, answer] = await run(client, { busy, shy });
    expect(answer).toMatchObject({ kind: 'conforms', saw: expect.stringContaining('deviates, not beside others') });
  });
});
