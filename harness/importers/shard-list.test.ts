import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { importing } from '../testing/imported.ts';
import { claimOf, rowsOf } from '../testing/imported-rows.ts';

const { file, imported } = importing();

const all = (1n << 128n) - 1n;
const half = 1n << 127n;
const shard = (id: number, [low, high]: readonly [bigint, bigint], start: number, more: object = {}): object => ({
  ShardId: `shardId-00000000000${id}`,
  HashKeyRange: { StartingHashKey: String(low), EndingHashKey: String(high) },
  SequenceNumberRange: {
    StartingSequenceNumber: `4966000000000000000000000000000000000000000000000000${String(start).padStart(4, '0')}`,
  },
  ...more,
});
const parent = shard(0, [0n, all], 1, {
  SequenceNumberRange: {
    StartingSequenceNumber: '49660000000000000000000000000000000000000000000000000001',
    EndingSequenceNumber: '49660000000000000000000000000000000000000000000000000050',
  },
});
const of = { ParentShardId: 'shardId-000000000000' };
const list = { Shards: [parent, shard(1, [0n, half - 1n], 60, of), shard(2, [half, all], 60, of)] };

/** Key k: the record of the child was given before the last one of the parent. */
const childFirst = rowsOf([
  [0, 10, 'k', 1],
  [2, 70, 'k', 3],
  [0, 20, 'k', 2],
  [2, 80, 'k', 4],
]);

const judged = async (answer: unknown, rows = childFirst) =>
  imported(
    [{ format: 'jsonl', path: await file(rows), isPut: false }],
    answer === undefined ? {} : { shards: await file(JSON.stringify(answer)) },
  );

describe('parents and children of shards', () => {
  test('with a list of shards, child-before-parent is found, with its key', async () => {
    const { verdict, lines } = await judged(list);
    expect(lines[1]).toMatchObject({ type: 'topology', status: 'ACTIVE', t: 0 });
    expect(claimOf(verdict, 'child-before-parent')).toMatchObject({ verdict: 'violated', found: 1 });
    expect(verdict.findings.find(({ anomaly }) => anomaly === 'child-before-parent')?.key).toBe('k');
    expect(verdict.findings.filter(({ anomaly }) => anomaly === 'hash-hole')).toEqual([]);
  });

  test('the answer of describe-stream works as well', async () => {
    const { verdict } = await judged({ StreamDescription: { ...list, StreamStatus: 'ACTIVE', HasMoreShards: false } });
    expect(claimOf(verdict, 'child-before-parent')?.verdict).toBe('violated');
  });

  test('without a list it is unknown; verdict and import name the pair of shards and the command to list them', async () => {
    const { verdict, words, lines } = await judged(undefined);
    const claim = claimOf(verdict, 'child-before-parent');
    expect(claim?.verdict).toBe('unknown');
    expect(claim?.why).toMatch(/"k" #3 from shardId-000000000002 .* before "k" #2 from .*import … --shards/);
    expect(verdict.verdict).toBe('unknown');
    expect(words.join('\n')).toMatch(/key "k" was read in .*aws kinesis list-shards .*--shards shards\.json/);
    expect(JSON.stringify(lines.filter(({ type }) => type === 'note'))).toContain('list-shards');
  });

  test('a flow without keys is told apart between shards like a key', async () => {
    const rows = childFirst.replaceAll('"partitionKey"', '"customer"');
    expect(rows).not.toBe(childFirst);
    const { verdict, words } = await judged(undefined, rows);
    expect(claimOf(verdict, 'child-before-parent')).toMatchObject({ verdict: 'unknown' });
    expect(verdict.verdict).toBe('unknown');
    expect(words.join('\n')).toMatch(/flow "k" was read in .*--shards shards\.json/);
    const listed = await judged(list, rows);
    expect(claimOf(listed.verdict, 'child-before-parent')).toMatchObject({ verdict: 'violated', found: 1 });
  });

  test('without a list it holds if the records are in order, with a notice', async () => {
    const { verdict } = await judged(
      undefined,
      rowsOf([
        [0, 10, 'k', 1],
        [2, 70, 'k', 2],
      ]),
    );
    expect(claimOf(verdict, 'child-before-parent')?.verdict).toBe('holds');
    expect(verdict.aloud.join('\n')).toMatch(/child-before-parent: .*the order between shards is not judged/);
  });

  test('if each key is in one shard, shards are not mentioned', async () => {
    const { words, verdict } = await judged(
      undefined,
      rowsOf([
        [0, 10, 'k', 1],
        [2, 70, 'l', 2],
      ]),
    );
    expect([...words, ...verdict.aloud].join('\n')).not.toContain('--shards');
  });

  test('a child shard that was not read is reported', async () => {
    const { words } = await judged(list);
    expect(words).toContainEqual(
      'nothing was read from shardId-000000000001 (of shardId-000000000000), although the parent was read',
    );
  });

  test('a filtered list proves nothing about hash keys', async () => {
    const { lines, verdict } = await judged({ Shards: list.Shards.slice(1, 2) });
    expect(lines[1]).toMatchObject({ type: 'topology', status: 'PARTIAL' });
    expect(verdict.findings.filter(({ anomaly }) => anomaly.startsWith('hash-'))).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ['a part of a list', { ...list, NextToken: 'x' }, /has only some of the shards/],
    ['another file', { Streams: [] }, /contains no Shards/],
    ['a shard without its range', { Shards: [{ ShardId: 'shardId-000000000000' }] }, /Shards\[0\]\.HashKeyRange/],
  ])('%s is refused', async (_, answer, words) => {
    await expect(judged(answer)).rejects.toThrow(words);
  });

  test('an invalid list is refused before anything is written', async () => {
    const out = await file('what stood here\n');
    const rows = [{ format: 'jsonl', path: await file(childFirst), isPut: false }] as const;
    const shards = await file('{"Streams":[]}');
    await expect(imported(rows, { shards, out })).rejects.toThrow('contains no Shards');
    expect(await readFile(out, 'utf8')).toBe('what stood here\n');
  });
});
