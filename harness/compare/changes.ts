import { seededRandom } from '../lib/random.ts';
import { ratioInterval } from './bootstrap.ts';
import { percentile } from './latencies.ts';
import { changeWords, timeWords } from './render/words.ts';
import type { Comparison, Row } from './result.ts';

const told = [
  ['p50', 0.5],
  ['p99', 0.99],
] as const;

/** How each arm changed since the baseline, with the interval of the change. */
export const changesSince = (baseline: Comparison, comparison: Comparison): readonly string[] =>
  comparison.rows.flatMap((row) => {
    const old = baseline.rows.find(({ arm }) => arm === row.arm);
    return old === undefined
      ? [`${row.arm}: the baseline does not have it`]
      : changesOf(old, row, comparison.setting.seed);
  });

const changesOf = (old: Row, row: Row, seed: string): readonly string[] =>
  told.flatMap(([name, share]) => {
    const [before, now] = [percentile(old.dueToAcked, share), percentile(row.dueToAcked, share)];
    if (before === undefined || now === undefined) return [];
    const random = seededRandom(`${seed}/change/${row.arm}/${name}`);
    const interval = changeWords(ratioInterval(old.dueToAcked, row.dueToAcked, share, random));
    return [`${row.arm}: ${name} was ${timeWords(before)}, is ${timeWords(now)} (${interval})`];
  });
