import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { main } from './cli.ts';

const program = fileURLToPath(new URL('../testing/stand-ins/program.mjs', import.meta.url));
let folder: string;
let target: RunningTarget;
let out = '';
let err = '';
let streams = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-record-cli-'));
  target = await kinesalite.start({ cacheFolder: folder });
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  [out, err] = ['', ''];
  streams += 1;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const record = (flags: readonly string[], steps?: readonly string[]): Promise<number> =>
  main([
    'record',
    '--endpoint',
    target.client.endpoint ?? '',
    '--out',
    folder,
    ...flags,
    ...(steps === undefined ? [] : ['--', process.execPath, program, ...steps]),
  ]);
const name = (): string => `s${streams}`;

describe('exit codes, the first that applies', () => {
  test('0: order holds, and the folder has history, reports and what the program printed', async () => {
    const steps = [`put:${name()}:8`, 'say:done'];
    expect(await record(['--stream', name(), '--shards', '2', '--id', 'json:/seq'], steps)).toBe(0);
    expect(out).toContain('done\n');
    expect(out).toMatch(/order kept; promises hold/);
    const verdict = JSON.parse(await readFile(join(folder, 'latest', 'verdict.json'), 'utf8')) as object;
    expect(verdict).toMatchObject({ verdict: 'holds', command: { code: 0, signal: null, endedByUs: false } });
  });

  test('1: a violation goes before a command that failed', async () => {
    const flags = ['--stream', name(), '--shards', '1', '--id', 'json:/seq', '--fault', 'duplicate-record:call=3'];
    expect(await record(flags, [`put:${name()}:8`, 'exit:7'])).toBe(1);
    expect(out).toMatch(/the command failed with exit code 7/);
  });

  test('5: the command failed before it called, and how clients are told where the gateway is', async () => {
    expect(await record([], ['say:hello', 'exit:1'])).toBe(5);
    expect(out).toMatch(/no call came: .* sent nothing to http:\/\/127.0.0.1:\d+, and ended with exit code 1/);
    expect(out).toContain('AWS_ENDPOINT_URL_KINESIS');
  });

  test('4: a command that is content and never called has tested nothing', async () => {
    expect(await record([], ['say:hello'])).toBe(4);
    expect(out).toMatch(/no call came: .* and ended with exit code 0/);
    expect(out).toContain('AWS_ENDPOINT_URL_KINESIS');
  });

  test('4: a command that only looks at streams: which calls came, that nothing was written, and what to do', async () => {
    expect(await record(['--stream', name(), '--shards', '1'], ['list', `gone:${name()}`])).toBe(4);
    expect(out).toMatch(
      /nothing was written, so nothing was judged: the calls .* \(ListStreams 1, DescribeStreamSummary 1\) neither/,
    );
    expect(out).toContain('Record the program that sends PutRecord or PutRecords');
    expect(out).toContain('AWS_ENDPOINT_URL_KINESIS');
  });

  test('4: a command that writes to another stream than the one that is recorded', async () => {
    const other = `${name()}-other`;
    expect(await record(['--stream', name(), '--shards', '1'], [`create:${other}`, `put:${other}:2`])).toBe(4);
    expect(out).toMatch(new RegExp(`PutRecord 2\\) neither wrote to ${name()} nor read from it`));
    expect(out).toContain('name that one with --stream');
  });

  test('5: a program that is not there has no need of advice about endpoints', async () => {
    expect(await record([], ["say:python3: can't open file '/x/producer.py'", 'exit:2'])).toBe(5);
    expect(out).toContain('the program itself could not be started');
    expect(out).not.toContain('AWS_ENDPOINT_URL_KINESIS');
  });

  test('5: a stream that is not there is named, with the flag that makes it', async () => {
    const missing = `${name()}-missing`;
    expect(await record(['--id', 'json:/seq'], [`put:${missing}:8`])).toBe(5);
    expect(out).toMatch(
      new RegExp(`stream ${missing} is not there: [1-9]\\d* calls? to it w(as|ere) answered ResourceNotFoundException`),
    );
    expect(out).toContain(`have it made with --stream ${missing} --shards 2`);
  });

  test('5: the command failed; its code is in the first line, with its last lines', async () => {
    const flags = ['--stream', name(), '--shards', '1', '--id', 'json:/seq', '--reporter', 'json'];
    expect(await record(flags, [`put:${name()}:8`, 'say:out of luck', 'exit:7'])).toBe(5);
    expect(JSON.parse(out)).toMatchObject({ command: { code: 7 } });
    expect(err).toMatch(/the command failed with exit code 7: .*\n {4}out of luck/);
  });

  test('4: nothing can be compared, and what to do is said in one sentence', async () => {
    const flags = ['--stream', name(), '--shards', '2', '--stop-after', '10'];
    expect(await record(flags, [`endless:${name()}`])).toBe(4);
    expect(out).toContain(
      'order not tested, because no key has two records that can be compared: name the counter with --id',
    );
  });

  test('0: a stream that tests nothing beside one that does, and 4 where --strict is said', async () => {
    const steps = [`create:${name()}`, `put:${name()}:8`, `create:${name()}x`, `keyed:${name()}x`];
    expect(await record(['--id', 'json:/seq'], steps)).toBe(0);
    expect(out).toContain('order not tested');
    streams += 1;
    const again = [`create:${name()}`, `put:${name()}:8`, `create:${name()}x`, `keyed:${name()}x`];
    expect(await record(['--id', 'json:/seq', '--strict'], again)).toBe(4);
  });

  test.each([
    [['--id', 'yaml:/seq'], /--id "yaml:\/seq" is not understood/],
    [['--id', 're:[0-9]+'], /has no group n/],
    [['--fault', 'fail-record:call=x'], /--fault fail-record:call=x: call: expected number/],
    [['--reshard', 'split:afterAked=3'], /expected split:afterAcked=N/],
    [['--for', 'soon'], /expected a time such as/],
    [['--listen', '99999'], /expected PORT or HOST:PORT/],
    [['--stop-after', '0'], /expected a whole number from 1/],
    [['--wait', 'nothing'], /expected firstCall/],
    [['--question', 'why'], /there is no question "why"/],
    [['--allow', 'key-order'], /there is no anomaly "key-order"/],
    [['--target', 'aws', '--shards', '2'], /record makes no stream on AWS/],
  ])('2: %j', async (flags, words) => {
    expect(await main(['record', ...flags, '--', 'true'])).toBe(2);
    expect(err).toMatch(words);
  });

  test('2: neither a command nor a port', async () => {
    expect(await main(['record'])).toBe(2);
    expect(err).toMatch(/there is no command and no --listen/);
  });

  test('2: a command that does not exist', async () => {
    expect(await main(['record', '--endpoint', target.client.endpoint ?? '', '--out', folder, '--', 'no-such'])).toBe(
      2,
    );
    expect(err).toMatch(/there is no command "no-such"/);
  });

  test('2: two recordings on one port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    expect(await record(['--listen', port], ['say:hello'])).toBe(2);
    expect(err).toMatch(new RegExp(`port ${port}: another program listens there`));
    server.close();
  });
});

test('an --id that fits no payload: how many were tried, and one by digest and length', async () => {
  const flags = ['--stream', name(), '--shards', '1', '--id', 'json:/counter'];
  expect(await record(flags, [`put:${name()}:4`])).toBe(4);
  expect(out).toMatch(
    /--id json:\/counter matches none of 4 payloads; one that .* has the digest [0-9a-f]{16} and \d+ bytes/,
  );
});

test('without a command it listens until it is told to end', async () => {
  const listening = record(['--listen', '0', '--id', 'json:/seq']);
  await vi.waitFor(() => expect(out).toMatch(/recording at/), 10_000);
  const endpoint = /recording at (\S+)/.exec(out)?.[1] ?? '';
  const headers = {
    'x-amz-target': 'Kinesis_20131202.ListStreams',
    'content-type': 'application/x-amz-json-1.1',
    authorization: 'AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/kinesis/aws4_request, Signature=0',
    'x-amz-date': '20261128T000000Z',
  };
  await fetch(endpoint, { method: 'POST', headers, body: '{}' });
  expect((await fetch(`${endpoint}/_kinesis-order/end`, { method: 'POST' })).status).toBe(202);
  expect(await listening).toBe(4);
});

test('the line that replays it has no secrets', async () => {
  const flags = ['--stream', name(), '--shards', '1', '--id', 'json:/seq', '--fault', 'duplicate-record:call=3'];
  await record(flags, [`put:${name()}:8`, 'say:--password', 'say:hunter2']);
  expect(out).toMatch(/replay +npx kinesis-order record .*--fault duplicate-record:call=3/);
});

test('--final-only reads a stream that is there, and writes nothing', async () => {
  const steps = [`create:${name()}`, `put:${name()}:8`];
  expect(await record(['--keep', '--id', 'json:/seq'], steps)).toBe(0);
  expect(await record(['--final-only', '--stream', name(), '--id', 'json:/seq'])).toBe(0);
  expect(out).toMatch(/8 read/);
});
