import { expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';

/** One PutRecords with records 1 and 3 of `o`, sent in the order of `entries`, stored at `seqs`. */
const oneCall = (entries: readonly number[], seqs: readonly string[]): readonly HistoryLine[] => {
  const shard = 'shardId-000000000000';
  const records = entries
    .map((n, index) => ({ seq: seqs[index] ?? '', key: 'o', producer: 'p', n }))
    .toSorted((a, b) => Number(a.seq) - Number(b.seq));
  return [
    {
      type: 'head',
      format: 'kinesis-order-history',
      version: 1,
      run: 'r',
      question: 'pipeline',
      identity: { from: 'json' },
    },
    { t: 0, type: 'reader', reader: 'final', role: 'final' },
    { t: 1, type: 'put', op: 1, producer: 'p', api: 'PutRecords', entries: entries.map((n) => ({ key: 'o', n })) },
    { t: 2, type: 'ack', op: 1, outcome: 'ok', results: seqs.map((seq) => ({ shard, seq })) },
    {
      t: 4,
      t0: 3,
      type: 'page',
      reader: 'final',
      chain: 1,
      shard,
      from: { type: 'TRIM_HORIZON' },
      records,
      more: true,
    },
    { t: 5, type: 'end', reason: 'completed' },
  ];
};
const saidOf = async (lines: readonly HistoryLine[]): Promise<string | undefined> =>
  (await checkHistory(lines)).findings.find(({ anomaly }) => anomaly === 'key-reorder')?.sentence;

test('a wrong order inside one call is told as it was sent', async () => {
  expect(await saidOf(oneCall([3, 1], ['10', '20']))).toBe(
    `One call (line 3) held p's "o" #3 before p's "o" #1: they were sent in this order, and stored as they were sent; readers meet p's "o" #3 at 10 of shardId-000000000000, before p's "o" #1 at 20 of shardId-000000000000. What to do: hand the records of a key over in the order of their numbers, one record of a key per call.`,
  );
});

test('an order that the engine turned round inside one call is told as that', async () => {
  expect(await saidOf(oneCall([1, 3], ['20', '10']))).toMatch(
    /^One call \(line 3\) held p's "o" #1 before p's "o" #3, and PutRecords promises no order inside a call; readers meet/,
  );
});
