import { expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';

const middle = 2n ** 127n;
const shards = [
  { shard: 'shardId-000000000000', range: ['0', String(middle - 1n)], parents: [], seq: ['1', null] },
  { shard: 'shardId-000000000001', range: [String(middle), String(2n ** 128n - 1n)], parents: [], seq: ['1', null] },
];
const key = (n: number): object => ({ key: 'a', hash: '0', n, digest: '2a69815bf41c24af', bytes: 9 });
const start = (shard: number): object => ({
  type: 'subject',
  reader: 'app',
  event: 'start',
  shard: shards[shard]?.shard,
  at: 'TRIM_HORIZON',
});
const readAll = (reader: string, chain: number, shard: number, records: readonly object[]): object => ({
  type: 'page',
  reader,
  chain,
  shard: shards[shard]?.shard,
  from: { type: 'TRIM_HORIZON' },
  records,
  behind: 0,
  more: true,
});

test('of a shard that was started and never delivered, the witness has that start, and none of another shard', async () => {
  const events = [
    { type: 'topology', status: 'ACTIVE', shards },
    { type: 'reader', reader: 'app', role: 'subject', owes: { from: 'TRIM_HORIZON' } },
    { type: 'reader', reader: 'final', role: 'final' },
    { type: 'put', op: 1, producer: 'p', api: 'PutRecord', entries: [key(0)] },
    { type: 'ack', op: 1, outcome: 'ok', results: [{ shard: shards[0]?.shard, seq: '10' }] },
    start(1),
    start(0),
    { type: 'subject', reader: 'app', event: 'complete' },
    readAll('final', 1, 0, [{ ...key(0), seq: '10', producer: 'p' }]),
    readAll('final', 2, 1, []),
    { type: 'end', reason: 'completed' },
  ].map((event, index) => ({ t: index * 10, ...event }));
  const head = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' };
  const { findings } = await checkHistory([head, ...events] as unknown as readonly HistoryLine[]);
  const lost = findings.find(({ anomaly }) => anomaly === 'subject-loss');
  expect(lost?.sentence).toContain('and nothing else of that shard, though it had started it');
  const [startOfOther, startOfShard] = [7, 8];
  expect(lost?.witness).toContain(startOfShard);
  expect(lost?.witness).not.toContain(startOfOther);
});
