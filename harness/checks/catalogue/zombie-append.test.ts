import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { history } from '../../testing/generators/history-builder.ts';

/** The first put of a#0 times out, the second is acknowledged, and the first lands late, behind `between`. */
const zombies = async (between: readonly [key: string, n: number]): Promise<number> => {
  const made = history()
    .put('a', 0)
    .info()
    .put('a', 0)
    .ok(10)
    .put(...between)
    .ok(20);
  const read = made.page([
    [10, 'a', 0],
    [20, ...between],
    [30, 'a', 0],
  ]);
  const { findings } = await checkHistory(read.end().lines);
  return findings.filter(({ anomaly }) => anomaly === 'zombie-append').length;
};

test('a copy that lands behind a newer record of its key is found', async () => {
  expect(await zombies(['a', 1])).toBe(1);
});

test('a copy that lands behind a record of another key only is none', async () => {
  expect(await zombies(['b', 0])).toBe(0);
});
