import { expect, test } from 'vitest';
import { checkHistory, verdictOf } from '../judging/check-history.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import { reporters } from './registry.ts';

test('100,000 reshards, and an error of 1 MB: no report tells of each', { timeout: 60_000 }, async () => {
  const head: Head = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' };
  const reshards = Array.from({ length: 100_000 }, (_, id): HistoryEvent => {
    return { t: id, type: 'reshard', id, phase: 'invoke', action: 'SplitShard', shards: [`s${id}`] };
  });
  const lines = [head, ...reshards, { t: 100_000, type: 'end', reason: 'completed' } as const];
  const history = await checkHistory(lines, { path: 'many.ndjson' });
  expect(history.unknown).toHaveLength(51);
  expect(history.unknown.at(-1)).toMatch(/^and 99,9\d\d more$/);
  const run = { scenario: 'many', error: 'x'.repeat(1e6), notes: Array.from({ length: 1e5 }, (_, at) => `note ${at}`) };
  for (const name of ['terminal', 'json', 'junit', 'markdown', 'github'] as const) {
    const text = await reporters[name].render(verdictOf([history]), [{ history, run }], {
      color: false,
      detail: 'verbose',
    });
    expect(text.length).toBeLessThan(50_000);
    expect(text).toMatch(/and 99,9\d\d more/);
  }
});
