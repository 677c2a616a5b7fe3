import { describe, expect, test } from 'vitest';
import { importing, type Judged } from '../testing/imported.ts';
import { kclWord } from './kcl-words.ts';

const { file, imported } = importing();

const shard = 'shardId-000000000000';
const seq = (n: number): string =>
  `496800000000000000000000000000000000000000000000000000${String(n).padStart(2, '0')}`;
const esn = (n: number, sub = 0): string => `{SequenceNumber: ${seq(n)},SubsequenceNumber: ${sub}}`;

describe('a log line of KCL is read as', () => {
  test.each([
    [`Initializing shard ${shard} with TRIM_HORIZON`, { event: 'start', shard, at: 'TRIM_HORIZON' }],
    [`c.a.s.k.c.l.w.KinesisDataFetcher: Initializing shard ${shard} with ${seq(3)}`, { event: 'start', at: seq(3) }],
    [`Worker 26a0 lost lease with key ${shard} - discovered during update`, { event: 'lost', shard, worker: '26a0' }],
    [`Worker w lost lease with key 123456789012:orders:1:${shard}`, { event: 'lost', shard, worker: 'w' }],
    [
      `Invoking shutdown() for shard ${shard} with childShards [], concurrencyToken t. Shutdown reason: SHARD_END`,
      { event: 'end', shard },
    ],
    [`Invoking shutdown() for shard ${shard}, concurrencyToken t. Shutdown reason: TERMINATE`, { event: 'end', shard }],
    [`Invoking shutdown() for shard ${shard}, concurrencyToken t. Shutdown reason: ZOMBIE`, { event: 'lost', shard }],
    [
      `Checkpointing ${shard}, token t at largest permitted value ${esn(7, 2)}`,
      { event: 'checkpoint', seq: seq(7), sub: 2 },
    ],
    [
      `Checkpointing ${shard}, token t at specific extended sequence number {SequenceNumber: SHARD_END,SubsequenceNumber: 0}`,
      { event: 'checkpoint', at: 'SHARD_END' },
    ],
    [
      `Worker w could not update checkpoint for shard ${shard} because it does not hold the lease`,
      { event: 'withdrawn', shard },
    ],
  ])('%s', (line, word) => {
    expect(kclWord(line)).toMatchObject(word);
  });

  test.each([
    `Preparing checkpoint ${shard}, token t at specific extended sequence number ${esn(1)}`,
    `Checkpointing ${shard}, token t at largest permitted value {SequenceNumber: TRIM_HORIZON,SubsequenceNumber: 0}`,
    `Shard ${shard} is not yet done. Its current checkpoint is ${esn(1)}`,
    'Worker w saw 4 total leases, 0 available leases, 2 workers.',
  ])('no event: %s', (line) => {
    expect(kclWord(line)).toBeUndefined();
  });
});

const at = (second: number): string => `2026-11-29 07:00:${String(second).padStart(2, '0')},000`;
const kcl = (...lines: readonly (readonly [number, string])[]): string =>
  lines.map(([second, text]) => `${at(second)} [pool-1] DEBUG ${text}\n`).join('');
const given = (...rows: readonly (readonly [second: number, place: number, worker: string])[]): string =>
  rows
    .map(([second, place, worker]) =>
      JSON.stringify({ ts: `${at(second)}`, shard, seq: seq(place), key: 'a', worker, data: { version: place } }),
    )
    .join('\n');

const kinds = ({ verdict }: Judged, anomaly: string) =>
  verdict.findings.filter((finding) => finding.anomaly === anomaly).map(({ kind }) => kind);

describe('a KCL log, imported with deliveries', () => {
  const start = `Initializing shard ${shard} with TRIM_HORIZON`;
  const checkpoint = (n: number): string => `Checkpointing ${shard}, token t at largest permitted value ${esn(n)}`;
  const refused = `Worker w1 could not update checkpoint for shard ${shard} because it does not hold the lease`;
  const twice = given([1, 1, 'w1'], [2, 2, 'w1'], [5, 2, 'w2']);

  const judge = async (dump: string, log: string): Promise<Judged> =>
    imported([
      { format: 'jsonl', path: await file(dump), isPut: false },
      { format: 'kcl-log', path: await file(log), isPut: false },
    ]);

  test('merges leases and checkpoints by time', async () => {
    const judged = await judge(
      twice,
      kcl([0, start], [3, checkpoint(2)], [6, `Worker w1 lost lease with key ${shard}`]),
    );
    expect(judged.lines.map(({ type, event }) => event ?? type).slice(1, -4)).toEqual([
      'reader',
      'start',
      'page',
      'checkpoint',
      'page',
      'lost',
    ]);
    expect(judged.words).toContainEqual(expect.stringMatching(/: 3 lines, 3 leases and checkpoints$/));
  });

  test('distinguishes a redelivery before the checkpoint from one after it', async () => {
    expect(kinds(await judge(twice, kcl([0, start], [3, checkpoint(2)])), 'subject-duplicate')).toEqual([
      'checkpointed',
    ]);
    expect(kinds(await judge(twice, kcl([0, start], [3, checkpoint(1)])), 'subject-duplicate')).toEqual(['resume']);
  });

  test('ignores a checkpoint that the lease table refused', async () => {
    const judged = await judge(twice, kcl([0, start], [3, checkpoint(2)], [4, refused]));
    expect(judged.lines.filter(({ event }) => event === 'checkpoint')).toEqual([]);
    expect(kinds(judged, 'subject-duplicate')).toEqual(['resume']);
  });

  test('counts one event that two classes log once', async () => {
    const lost = `Invoking shutdown() for shard ${shard}, concurrencyToken t. Shutdown reason: LEASE_LOST`;
    const judged = await judge(twice, kcl([0, start], [3, `Worker w1 lost lease with key ${shard}`], [4, lost]));
    expect(judged.lines.filter(({ event }) => event === 'lost')).toHaveLength(1);
  });

  test('is refused alone, because it has no records, and without dates', async () => {
    const path = await file(kcl([0, start]));
    await expect(imported([{ format: 'kcl-log', path, isPut: false }])).rejects.toThrow(/has no records/);
    await expect(judge(twice, `14:59:02,383 ${start}\n`)).rejects.toThrow(/no time with a date/);
  });
});

describe('child shards in a KCL log', () => {
  const child = (id: number): string =>
    `ChildShard(shardId=shardId-00000000000${id}, parentShards=[${shard}], hashKeyRange=HashKeyRangeForLease(startingHashKey=${id * 100}, endingHashKey=${id * 100 + 99}))`;
  const end = `Invoking shutdown() for shard ${shard} with childShards [${child(2)}, ${child(3)}], concurrencyToken t. Shutdown reason: SHARD_END`;
  const row = (second: number, id: number, place: number): string =>
    JSON.stringify({
      ts: at(second),
      shard: `shardId-00000000000${id}`,
      seq: seq(place),
      key: 'a',
      worker: 'w1',
      data: { version: place },
    });
  const told = async (rows: readonly string[]): Promise<Judged> =>
    imported([
      { format: 'jsonl', path: await file(rows.join('\n')), isPut: false },
      {
        format: 'kcl-log',
        path: await file(kcl([0, `Initializing shard ${shard} with TRIM_HORIZON`], [5, end])),
        isPut: false,
      },
    ]);

  test('are used as a list of shards, so that child-before-parent is found', async () => {
    const judged = await told([row(1, 0, 1), row(2, 3, 30), row(3, 0, 2), row(6, 3, 31)]);
    expect(judged.lines.find(({ type }) => type === 'topology')).toMatchObject({
      status: 'PARTIAL',
      shards: [
        { shard: 'shardId-000000000002', parents: [shard], range: ['200', '299'] },
        { shard: 'shardId-000000000003', parents: [shard], range: ['300', '399'] },
      ],
    });
    const claim = judged.verdict.claims.find(({ anomaly }) => anomaly === 'child-before-parent');
    expect(claim?.verdict).toBe('violated');
    expect(judged.words.join('\n')).not.toContain('list-shards');
  });

  test('that are never started are reported', async () => {
    const judged = await told([row(1, 0, 1), row(6, 3, 30)]);
    expect(judged.words).toContainEqual(
      `nothing was read from shardId-000000000002 (of ${shard}), although the parent was read`,
    );
  });
});
