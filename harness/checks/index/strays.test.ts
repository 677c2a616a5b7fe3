import { expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import { history, lower, shard, upper } from '../../testing/generators/history-builder.ts';

/** An aggregate of one user record with key b, whose hash is in the upper half. `outer`: the key of the aggregate. */
const aggregate = (op: number, outer: string, index: number, seq: string): readonly HistoryLine[] => [
  {
    t: 1000,
    type: 'put',
    op,
    producer: 'p1',
    api: 'PutRecord',
    parts: [{ key: outer }],
    entries: [{ key: 'b', n: 0, part: 0 }],
  },
  { t: 1000, type: 'ack', op, outcome: 'ok', results: [{ shard: shard(index), seq, sub: 0 }] },
];

const found = async (...aggregates: readonly (readonly HistoryLine[])[]): Promise<readonly string[]> => {
  const { lines } = history({}, [lower(0), upper(1)]);
  const { findings } = await checkHistory([
    ...lines,
    ...aggregates.flat(),
    { t: 1000, type: 'end', reason: 'completed' },
  ]);
  return findings.map(({ anomaly }) => anomaly).filter((one) => one === 'stray-sub-record' || one === 'undeliverable');
};

test('a user record that lies only outside the range of its shard cannot be delivered', async () => {
  expect((await found(aggregate(0, 'a', 0, '30'))).toSorted()).toEqual(['stray-sub-record', 'undeliverable']);
});

test('one that was acknowledged in its shard, too, can', async () => {
  expect(await found(aggregate(0, 'a', 0, '30'), aggregate(1, 'b', 1, '40'))).toEqual(['stray-sub-record']);
});
