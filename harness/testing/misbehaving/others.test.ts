import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinesalite } from '../../targets/kinesalite.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { everything, hangs, html, on, resets, spoil, spoilItems } from '../stand-ins/lies.ts';
import { type Lie, lyingEngine } from '../stand-ins/lying-engine.ts';
import { commandLine } from './command-line.ts';

/** The other two verbs that speak with an engine, on a few kinds of misbehaviour. */
const deadlineMs = 90_000;
let engine: RunningTarget;
let cwd = '';
beforeAll(async () => {
  engine = await kinesalite.start({ cacheFolder: '/nowhere' });
  cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-misbehaving-'));
  await writeFile(join(cwd, 'program.mjs'), program);
});
afterAll(async () => {
  await engine.stop();
  await rm(cwd, { recursive: true, force: true });
});

const sdk = import.meta.resolve('@aws-sdk/client-kinesis');
/** Ends by itself, whatever is answered. */
const program = `
import { KinesisClient, CreateStreamCommand, PutRecordCommand } from '${sdk}';
const client = new KinesisClient({ maxAttempts: 1 });
const StreamName = process.argv[2];
const signal = () => ({ abortSignal: AbortSignal.timeout(500) });
await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 })).catch(() => undefined);
await new Promise((resolve) => setTimeout(resolve, 200));
for (let n = 0; n < 8; n += 1)
  await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from(String(n)) }), signal()).catch(() => undefined);
`;

const onEngine = async (lie: Lie, args: (url: string) => readonly string[]) => {
  const lying = await lyingEngine(engine.client.endpoint ?? '', lie);
  try {
    return await commandLine(args(lying.endpoint), { cwd, deadlineMs });
  } finally {
    await lying.close();
  }
};

const kinds: readonly (readonly [name: string, lie: Lie, names: RegExp])[] = [
  ['nothing is answered', on(everything, hangs), /ListStreams/],
  ['every answer is a page of HTML', on(everything, html(200)), /ListStreams/],
  ['PutRecord is reset', on('PutRecord', resets, 5), /put|PutRecord/],
  ['PutRecord stores at a number', spoil('PutRecord', { SequenceNumber: 7 }), /PutRecord: SequenceNumber is 7/],
  [
    'the next iterator is a number',
    spoil('GetRecords', { NextShardIterator: 7 }),
    /GetRecords: NextShardIterator is 7/,
  ],
  ['a shard id is a number', spoilItems('ListShards', 'Shards', { ShardId: 5 }), /ListShards .*ShardId is 5/],
];

describe.concurrent('record -- CMD, on an engine of which', () => {
  test.each(kinds)('%s', async (name, lie, names) => {
    const stream = name.replaceAll(' ', '-');
    const { code, words } = await onEngine(lie, (url) => {
      const program = [process.execPath, 'program.mjs', stream];
      return ['record', '--endpoint', url, '--out', stream, '--', ...program];
    });
    expect([code, words]).toEqual([
      expect.toSatisfy((one: number) => one === 3 || one === 4),
      expect.stringMatching(names),
    ]);
    expect(words).not.toMatch(/\n {4}at |was edited/);
  });
});

describe.concurrent('conformance, on an engine of which', () => {
  test.each([
    ['nothing is answered', on(everything, hangs), 3, /ListStreams: Timeout/],
    ['PutRecord is reset', on('PutRecord', resets, 5), 4, /error: [\s\S]*PutRecord: the connection broke: ECONNRESET/],
    ['GetRecords is HTML', on('GetRecords', html(200)), 4, /error: [\s\S]*GetRecords/],
  ] as const)('%s', async (name, lie, expected, names) => {
    const out = join(cwd, `${name.replaceAll(' ', '-')}.json`);
    const claims = ['latest', 'trim-horizon', 'partition-key-of-256-characters'];
    const { code, words } = await onEngine(lie, (url) => {
      const asked = ['--only', ...claims];
      return ['conformance', '--endpoint', url, '--strict', '--out', out, ...asked];
    });
    expect([code, words]).toEqual([expected, expect.stringMatching(names)]);
    if (expected === 4) expect(JSON.parse(await readFile(out, 'utf8'))).toHaveProperty('answers');
  });
});
