import { describe, expect, test } from 'vitest';
import type { ShardInfo } from '../../model/event.ts';
import { inLineage, TopologyFold } from './topology.ts';

const max = (1n << 128n) - 1n;
const half = 1n << 127n;
const info = (
  shard: string,
  range: readonly [bigint, bigint],
  parents: string[] = [],
  end: string | null = null,
): ShardInfo => ({
  shard,
  range: [String(range[0]), String(range[1])],
  parents,
  seq: ['1', end],
});
const list = (t: number, ...shards: ShardInfo[]) => ({ t, type: 'topology', status: 'ACTIVE', shards }) as const;

describe('spans of shards', () => {
  test('a split: the parent ends with the reshard, the children begin there, and the list is named', () => {
    const fold = new TopologyFold();
    fold.list(list(0, info('a', [0n, max])), 2);
    fold.reshard({ t: 50, type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: ['a'] }, 5);
    fold.reshard({ t: 90, type: 'reshard', id: 1, phase: 'ok' }, 9);
    fold.list(
      list(95, info('a', [0n, max], [], '7'), info('b', [0n, half - 1n], ['a']), info('c', [half, max], ['a'])),
      10,
    );
    expect(fold.spans.map(({ shard, opened, closed, parts }) => [shard, opened, closed, parts])).toEqual(
      [
        ['a', { t: 0, line: 2 }, { t: 90, line: 9, by: 'reshard' }, [0, 1]],
        ['b', { t: 90, line: 10 }, null, [0, 0.5]],
        ['c', { t: 90, line: 10 }, null, [0.5, 1]],
      ].map(([a, b, c, d]) => [
        a,
        b,
        c,
        expect.arrayContaining((d as number[]).map((part) => expect.closeTo(part, 6))),
      ]),
    );
    expect(fold.reshards[0]).toMatchObject({ outcome: 'ok', from: { line: 5 }, to: { line: 9 } });
    expect(inLineage(fold.spans)).toEqual(['a', 'b', 'c']);
  });

  test('another range of the same shard is another span', () => {
    const fold = new TopologyFold();
    fold.list(list(0, info('a', [0n, half])), 2);
    fold.list(list(10, info('a', [half, max])), 9);
    expect(fold.spans.map(({ opened, closed }) => [opened.line, closed?.line])).toEqual([
      [2, 9],
      [9, undefined],
    ]);
  });

  test('parents that name each other end', () => {
    const fold = new TopologyFold();
    fold.list(list(0, info('a', [0n, half], ['b']), info('b', [half, max], ['a'])), 2);
    expect(inLineage(fold.spans)).toHaveLength(2);
  });
});
