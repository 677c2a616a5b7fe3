import { expect, test } from 'vitest';
import { history } from '../../testing/generators/history-builder.ts';
import { apply } from '../index/apply.ts';
import { Tables } from '../index/tables.ts';
import { noTotals } from '../index/totals.ts';
import { viewOf } from '../index/view.ts';
import { intSendSkip } from './int-send-skip.ts';

const viewWith = (found: number) => {
  const tables = new Tables();
  const { lines } = history()
    .put('a', 0)
    .ok(10)
    .page([[10, 'a', 0]])
    .end();
  for (const [index, line] of lines.entries()) apply(tables, line, index + 1);
  return viewOf(tables, { ...noTotals, apart: { found, ops: [7], shards: [0] } });
};

test('a check that counted calls and kept none of them fails, so that the claim is unknown', () => {
  expect(() => [...intSendSkip.find(viewWith(2))]).toThrow('2 calls were counted apart');
  expect([...intSendSkip.find(viewWith(0))]).toEqual([]);
});
