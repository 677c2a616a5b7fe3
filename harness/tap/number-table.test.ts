import { expect, test } from 'vitest';
import { NumberTable } from './number-table.ts';

test('returns the right number for each of many similar strings', () => {
  const table = new NumberTable();
  const text = (n: number): string => `shardId-00000000000${n % 4} 4968${String(n * 7).padStart(52, '0')}`;
  for (let n = 0; n < 300_000; n += 1) table.set(text(n), n);
  expect(table.size).toBe(300_000);
  let wrong = 0;
  for (let n = 0; n < 300_000; n += 1) if (table.get(text(n)) !== n) wrong += 1;
  expect(wrong).toBe(0);
  expect(table.get('shardId-000000000000 1')).toBeUndefined();
  table.set(text(5), 0);
  expect([table.get(text(5)), table.has(text(6)), table.size]).toEqual([0, true, 300_000]);
});
