import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { history, lower, type Read, upper } from '../../testing/generators/history-builder.ts';

test('a session that goes back is found in whatever shard, behind however many records of others', async () => {
  const made = history({}, [lower(0), upper(1)]);
  const first: readonly Read[] = Array.from({ length: 40 }, (_, n): Read => [n + 10, 'a', n]);
  for (const [seq, key, n] of first) made.put(key, n).ok(seq);
  const second: readonly Read[] = [0, 1, 2].map((n): Read => [n + 100, 'b', n]);
  for (const [seq, key, n] of second) made.put(key, n, { shard: 1 }).ok(seq);
  made.page(first).page(second, { shard: 1, chain: 2 });
  const again = { shard: 1, chain: 3, from: { type: 'TRIM_HORIZON' }, behind: 0 } as const;
  const less = second.filter((_, index) => index !== 1);
  const { findings } = await checkHistory(made.page(less, again).end().lines);
  const found = findings.filter(({ anomaly }) => anomaly === 'nonmonotonic-session');
  expect(found.map(({ evidence }) => evidence)).toEqual([expect.objectContaining({ seq: '101' })]);
});
