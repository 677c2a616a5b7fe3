import { expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';

const range = ['0', '340282366920938463463374607431768211455'] as const;
const shards = [
  { shard: 's0', range, parents: [], seq: ['1', null] },
  { shard: 's1', range, parents: ['s0'], seq: ['1', null] },
  { shard: 's2', range, parents: [], seq: ['1', null] },
];
const read = (chain: number, shard: string, n: number) => ({
  t: 9,
  type: 'page',
  reader: 'f',
  chain,
  shard,
  from: { type: 'TRIM_HORIZON' },
  more: true,
  records: [{ seq: '1', key: 'a', producer: 'p', n }],
});

/** Found by a property: a call whose entries lie in shards that nothing relates says nothing of their order. */
test('entries of one call in unrelated shards are not compared', async () => {
  const lines = [
    { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r', identity: { from: 'none' } },
    { t: 0, type: 'topology', shards },
    {
      t: 1,
      type: 'put',
      op: 1,
      producer: 'p',
      api: 'PutRecords',
      entries: [
        { key: 'a', n: 1 },
        { key: 'a', n: 3 },
      ],
    },
    { t: 1, type: 'put', op: 3, producer: 'p', api: 'PutRecords', entries: [{ key: 'a', n: 4 }] },
    { t: 1, type: 'ack', op: 3, outcome: 'ok', results: [{ shard: 's0', seq: '1' }] },
    {
      t: 1,
      type: 'ack',
      op: 1,
      outcome: 'ok',
      results: [
        { shard: 's1', seq: '1' },
        { shard: 's2', seq: '1' },
      ],
    },
    { t: 1, type: 'reader', reader: 'f', role: 'final' },
    read(0, 's0', 4),
    read(1, 's1', 1),
    read(2, 's2', 3),
    { t: 9, type: 'end', reason: 'completed' },
  ] as unknown as readonly HistoryLine[];
  const { findings } = await checkHistory(lines);
  expect(findings.filter(({ anomaly }) => anomaly === 'key-reorder')).toEqual([]);
});
