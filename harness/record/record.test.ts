import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProcesses } from '../commands/run-processes.ts';
import { checkHistory } from '../judging/check-history.ts';
import { systemClock } from '../lib/clock.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import { parseIdentity } from '../tap/identity/parse.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { RecordOptions, RecordResult } from './options.ts';
import { record } from './record.ts';

const program = fileURLToPath(new URL('../testing/stand-ins/program.mjs', import.meta.url));
let folder: string;
let target: RunningTarget;
let runs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-record-'));
  target = await kinesalite.start({ cacheFolder: folder });
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

type Told = RecordResult & { readonly output: string; readonly folder: string };

const recorded = async (steps: readonly string[], more: Partial<RecordOptions> = {}): Promise<Told> => {
  runs += 1;
  const out = join(folder, `run-${runs}`);
  let output = '';
  const { identityText = 'json:/seq' } = more;
  const result = await record({
    target,
    isPrivate: true,
    clock: systemClock(),
    folder: out,
    run: `r-${runs}`,
    listen: { host: '127.0.0.1', port: 0 },
    command: {
      run: [process.execPath, program, ...steps],
      wait: { type: 'firstCall' },
      isPointed: true,
      timeoutMs: 20_000,
      gracefulShutdown: { signal: 'SIGTERM', timeoutMs: 2000 },
      onOutput: (chunk) => {
        output += chunk.toString();
      },
    },
    streams: [],
    shards: undefined,
    identity: parseIdentity(identityText),
    identityText,
    producer: 'app',
    question: 'pipeline',
    subjects: [],
    ownLines: undefined,
    faults: [],
    reshard: [],
    stopAfter: undefined,
    forMs: undefined,
    seal: false,
    keep: false,
    stop: new AbortController().signal,
    onListening: () => undefined,
    ...more,
  });
  return { ...result, output, folder: out };
};

const linesOf = async (path: string): Promise<readonly (Head | HistoryEvent)[]> =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEvent);

const verdictsOf = async ({ histories }: RecordResult): Promise<readonly string[]> =>
  Promise.all(histories.map(async ({ path, stream }) => `${stream} ${(await checkHistory(path)).verdict}`));

describe('streams', () => {
  test('one that is missing is made in the region and account of the first call, sealed, and read to its end', async () => {
    const told = await recorded(['region:ap-southeast-1', 'put:orders:6'], { streams: ['orders'], shards: 2 });
    const [{ path } = { path: '' }] = told.histories;
    expect(await verdictsOf(told)).toEqual(['orders holds']);
    const lines = await linesOf(path);
    expect(lines[0]).toMatchObject({
      question: 'pipeline',
      recorder: 'proxy',
      identity: { from: 'json' },
      stream: { name: 'orders', shared: false },
    });
    const types = lines.map((line) => (line.type === 'phase' ? line.phase : line.type));
    expect(types[1]).toBe('topology');
    expect(types.filter((type) => ['load', 'heal', 'seal', 'drain', 'done', 'end'].includes(type))).toEqual([
      'load',
      'heal',
      'seal',
      'drain',
      'done',
      'end',
    ]);
    expect(lines.filter((line) => line.type === 'put' && line.role === 'sentinel')).toHaveLength(2);
  });

  test('that a program makes, uses and deletes are told to be gone at once, and read before they are; one made again is another history', async () => {
    const steps = ['create:tests', 'put:tests:4', 'read:tests', 'delete:tests', 'gone:tests', 'list'];
    const told = await recorded([...steps, 'create:tests', 'put:tests:6', 'delete:tests', 'create:idle']);
    expect(told.output).toContain('shardId-000000000000 4\n');
    expect(told.output).toMatch(/ResourceNotFoundException/);
    expect(told.output).toMatch(/streams (?!.*tests)/);
    expect(await verdictsOf(told)).toEqual(['tests holds', 'tests holds']);
    expect((await readdir(told.folder)).filter((name) => name.endsWith('.ndjson'))).toEqual([
      'tests.2.ndjson',
      'tests.ndjson',
    ]);
    // Nothing of ours was written into a stream that the program made.
    const first = await linesOf(join(told.folder, 'tests.ndjson'));
    expect(first.filter((line) => line.type === 'put' && line.role === 'sentinel')).toEqual([]);
    expect(told.command).toMatchObject({ code: 0, isOurs: false, left: [] });
  });

  test('of one name are one where the engine holds one, and two where it keeps regions apart', async () => {
    const steps = ['create:one', 'put:one:4', 'region:eu-west-1', 'put:one:4'];
    const one = await recorded(steps);
    expect(await verdictsOf(one)).toEqual(['one holds']);
    const apart = await kinesisLocal.start({ cacheFolder: folder });
    try {
      const two = await recorded(
        ['create:two', 'put:two:4', 'region:eu-west-1', 'create:two', 'put:two:4', 'split:two', 'put:two:4'],
        { target: apart },
      );
      expect(await verdictsOf(two)).toEqual(['two holds', 'two holds']);
      const second = await linesOf(two.histories[1]?.path ?? '');
      expect(second.filter(({ type }) => type === 'reshard')).toMatchObject([
        { phase: 'invoke', action: 'SplitShard' },
        { phase: 'ok' },
      ]);
    } finally {
      await apart.stop();
    }
  });
});

describe('a program', () => {
  test('that never ends is ended after so many records; each of its keys has one, and nothing is violated', async () => {
    const told = await recorded(['endless:lab'], { streams: ['lab'], shards: 2, stopAfter: 20, identityText: 'none' });
    expect(told.command).toMatchObject({ isOurs: true, signal: 'SIGTERM' });
    const [history] = told.histories;
    const verdict = await checkHistory(history?.path ?? '');
    expect(verdict.verdict).toBe('unknown');
    expect(verdict.counts.acked).toBeGreaterThanOrEqual(20);
    expect(verdict.claims.filter((claim) => claim.verdict === 'violated')).toEqual([]);
  });

  test('that fails is told apart, with its last lines, and what it started is ended', async () => {
    const told = await recorded(['put:made:2', 'stray', 'say:nearly', 'exit:3'], { streams: ['made'], shards: 1 });
    expect(told.command).toMatchObject({ code: 3, signal: null, isOurs: false, left: [] });
    expect(told.command?.lastLines.at(-1)).toBe('nearly');
    expect(told.output).toMatch(/stray \d+/);
    expect(await runProcesses(`r-${runs}`)).toEqual([]);
    expect(await readFile(join(told.folder, 'command.log'), 'utf8')).toBe(told.output);
    expect(await verdictsOf(told)).toHaveLength(1);
  });

  test('that never calls is told, whether it ends or not', async () => {
    const ended = await recorded(['say:hello']);
    expect([ended.requests, ended.histories, ended.failure]).toEqual([0, [], undefined]);
    const command = { ...(await commandOf(['sleep:60000'])), timeoutMs: 200 };
    const waiting = await recorded([], { command });
    expect(waiting.failure?.message).toMatch(/did not start within 200 ms: waited for its first call to the gateway/);
    expect(waiting.command?.isOurs).toBe(true);
  });

  test('is told in its arguments where the gateway is, and may be waited for by what it prints', async () => {
    const command = {
      ...(await commandOf(['say:at {host} {port} {tls} {endpoint} {stream} {other}', 'put:told:2'])),
      wait: { type: 'stdout', pattern: /at 127/ } as const,
    };
    const told = await recorded([], { command, streams: ['told'], shards: 1 });
    const log = await readFile(join(told.folder, 'command.log'), 'utf8');
    expect(log).toMatch(/^at 127\.0\.0\.1 (\d+) \1 http:\/\/127\.0\.0\.1:\1 told \{other\}\n/);
    expect(told.failure).toBeUndefined();
  });

  test('is ended when its time is over', async () => {
    const told = await recorded(['put:timed:2', 'sleep:60000'], { streams: ['timed'], shards: 1, forMs: 3000 });
    expect(told.command).toMatchObject({ isOurs: true, signal: 'SIGTERM' });
    expect(await verdictsOf(told)).toHaveLength(1);
  });

  test('that does not exist is a usage error', async () => {
    const command = { ...(await commandOf([])), run: ['no-such-command'] as const };
    await expect(recorded([], { command })).rejects.toThrow('there is no command "no-such-command"');
  });

  test('is interrupted with us: its history says so', async () => {
    const stop = new AbortController();
    const told = await recorded(['endless:stopped'], {
      streams: ['stopped'],
      shards: 1,
      stop: stop.signal,
      onProgress: ({ acked }) => {
        if (acked >= 5) stop.abort();
      },
    });
    expect(told.isInterrupted).toBe(true);
    expect(told.command?.signal).toBe('SIGINT');
    expect((await linesOf(told.histories[0]?.path ?? '')).at(-1)).toMatchObject({ type: 'end', reason: 'interrupted' });
  });
});

const commandOf = async (steps: readonly string[]): Promise<NonNullable<RecordOptions['command']>> => ({
  run: [process.execPath, program, ...steps],
  wait: { type: 'firstCall' },
  isPointed: true,
  timeoutMs: 20_000,
  gracefulShutdown: { signal: 'SIGTERM', timeoutMs: 2000 },
  onOutput: () => undefined,
});

test('faults and reshards come by counts, and the history tells of both', async () => {
  const told = await recorded(['put:faulty:40'], {
    streams: ['faulty'],
    shards: 1,
    faults: [{ type: 'duplicate-record', call: 10 }],
    reshard: [{ action: 'SplitShard', afterAcked: 20, shard: 0 }],
  });
  const lines = await linesOf(told.histories[0]?.path ?? '');
  expect(lines.filter(({ type }) => type === 'fault')).toMatchObject([
    { fault: 'duplicate-record', phase: 'armed', detail: { call: 10 } },
    { fault: 'duplicate-record', phase: 'fired', op: 10 },
  ]);
  expect(lines.filter(({ type }) => type === 'reshard')).toMatchObject([{ phase: 'invoke' }, { phase: 'ok' }]);
  expect(await verdictsOf(told)).toEqual(['faulty violated']);
});

test('overlapping calls without a counter are not compared with each other by anything that this tool wrote', async () => {
  const told = await recorded(['create:burst', 'burst:burst:30'], { identityText: 'none' });
  const lines = await linesOf(told.histories[0]?.path ?? '');
  const puts = lines.filter((line) => line.type === 'put');
  expect(puts.map(({ entries }) => entries[0]?.n)).toEqual(Array.from({ length: 30 }, (_, n) => n));
  expect(lines[0]).toMatchObject({ identity: { from: 'none' } });
});

test('an identity module that throws ends the recording, and it is told whose failure that is', async () => {
  const file = join(folder, 'broken.mjs');
  await writeFile(file, 'export default () => { throw new Error("cannot read this"); };');
  const told = await recorded(['put:thrown:2', 'sleep:60000'], {
    streams: ['thrown'],
    shards: 1,
    identityText: `module:${file}`,
  });
  expect(told.failure?.message).toMatch(/cannot read this/);
  expect((await linesOf(told.histories[0]?.path ?? '')).at(-1)).toMatchObject({ type: 'end', reason: 'interrupted' });
});

test('no token, no signature and no payload is written', async () => {
  const told = await recorded(['put:secrets:4', 'read:secrets'], { streams: ['secrets'], shards: 1 });
  const names = await readdir(told.folder);
  for (const name of names.filter((file) => !file.endsWith('.pem'))) {
    const text = await readFile(join(told.folder, name), 'utf8');
    for (const secret of ['that-nobody-writes-down', 'Signature', 'AWS4-HMAC'])
      expect([name, text.includes(secret)]).toEqual([name, false]);
  }
});
