import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readSubjectLine } from '../tap/subject-line.ts';
import { consumerLines } from './consumer-lines.ts';

const shard = 'shardId-000000000000';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-adapter-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const typesIn = (text: string): readonly unknown[] =>
  text.split('\n').flatMap((line) => {
    const read = readSubjectLine(line);
    if (typeof read === 'string') throw new Error(read);
    return read === undefined ? [] : [read.type];
  });

const all = ['start', 'deliver', 'done', 'failed', 'checkpoint', 'checkpoint', 'discard', 'lost', 'end'];

test('every line of the Node adapter is a valid subject line', async () => {
  const path = join(folder, 'node.lines');
  vi.stubEnv('KINESIS_ORDER_LINES', path);
  const lines = consumerLines({ worker: 'w' });
  await lines.start(shard, 'TRIM_HORIZON');
  const sdk = { SequenceNumber: '1', PartitionKey: 'a', Data: Buffer.from('one') };
  const lambda = { kinesis: { sequenceNumber: '2', partitionKey: 'b', data: 'dHdv' } };
  await lines.deliver(shard, [sdk, lambda, { seq: '3', sub: 0, key: 'c', data: Buffer.from('three') }], { batch: 'b' });
  await lines.done(shard, { batch: 'b' });
  await lines.failed(shard, { message: 'no' });
  await lines.checkpoint(shard, { seq: '2' });
  await lines.checkpoint(shard, 'SHARD_END');
  await lines.discard(shard, { seq: '2', to: 'dlq' });
  await lines.lost(shard);
  await lines.end(shard);
  const text = await readFile(path, 'utf8');
  expect(typesIn(text)).toEqual(all);
  expect(readSubjectLine(text.split('\n')[1] ?? '')).toEqual({
    type: 'deliver',
    hand: { shard, worker: 'w' },
    batch: 'b',
    records: [
      { seq: '1', key: 'a', data: Buffer.from('one') },
      { seq: '2', key: 'b', data: Buffer.from('two') },
      { seq: '3', sub: 0, key: 'c', data: Buffer.from('three') },
    ],
  });
});

test('a sequence number alone is a place', async () => {
  const path = join(folder, 'numbers.lines');
  vi.stubEnv('KINESIS_ORDER_LINES', path);
  const lines = consumerLines();
  await lines.done(shard, '2');
  await lines.checkpoint(shard, '2');
  const read = (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(read).toEqual([
    { type: 'done', shard, seq: '2' },
    { type: 'checkpoint', shard, seq: '2' },
  ]);
});

test('the adapter writes nothing outside kinesis-order, and waits for the answer over HTTP', async () => {
  vi.stubEnv('KINESIS_ORDER_LINES', '');
  await consumerLines().end(shard);
  let body = '';
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  vi.stubEnv('KINESIS_ORDER_LINES', `http://127.0.0.1:${(server.address() as AddressInfo).port}/lines`);
  await consumerLines().end(shard);
  expect(typesIn(body)).toEqual(['end']);
  server.close();
});

const python = `
from kinesis_order import deliver, tell
s = "${shard}"
tell("start", s, at="TRIM_HORIZON")
deliver(s, [{"SequenceNumber": "1", "PartitionKey": "a", "Data": b"one"}], batch="b")
tell("done", s, batch="b")
tell("failed", s, message="no")
tell("checkpoint", s, seq="1")
tell("checkpoint", s, at="SHARD_END")
tell("discard", s, seq="1", to="dlq")
tell("lost", s)
tell("end", s)
`;
test.each(['stdout', 'fd:3', 'file', ''])(
  'every line of the Python adapter is a valid subject line: %s',
  async (to) => {
    const path = join(folder, 'python.lines');
    const ran = spawnSync('python3', ['-c', python], {
      env: { ...process.env, PYTHONPATH: resolve('adapters'), KINESIS_ORDER_LINES: to === 'file' ? path : to },
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      encoding: 'utf8',
    });
    expect(ran.status).toBe(0);
    const text = to === 'file' ? await readFile(path, 'utf8') : (ran.output[to === 'fd:3' ? 3 : 1] ?? '');
    expect(typesIn(text)).toEqual(to === '' ? [] : all);
  },
);
