import { expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';

const place = { shard: 'shardId-000000000000' } as const;

/** A put without a number that is acknowledged here. */
const stored = (op: number, digest: string, seq: string): readonly HistoryLine[] => [
  { t: 2, type: 'put', op, producer: 'p', api: 'PutRecord', entries: [{ key: 'k', digest }] },
  { t: 2, type: 'ack', op, outcome: 'ok', results: [{ ...place, seq }] },
];

test('of records without identity, those that were read are counted, whether a put of them is known or not', async () => {
  const { counts } = await checkHistory([
    { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' },
    ...stored(0, 'aaaaaaaaaaaaaaaa', '10'),
    ...stored(1, 'bbbbbbbbbbbbbbbb', '20'),
    {
      t: 3,
      type: 'page',
      reader: 'r',
      chain: 0,
      from: { type: 'TRIM_HORIZON' },
      ...place,
      records: [
        { seq: '10', key: 'k', digest: 'aaaaaaaaaaaaaaaa' },
        { seq: '15', key: 'k', digest: 'cccccccccccccccc' },
      ],
    },
    { t: 4, type: 'end', reason: 'completed' },
  ]);
  expect(counts).toMatchObject({ acked: 2, read: 2, unidentified: 2 });
});
