import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { cleanHistory } from './clean-history.ts';

/** What is forbidden in a history that is clean, as text; nothing, it is to be hoped. */
const falseAlarms = async (seed: string): Promise<readonly string[]> => {
  const { findings, verdict, unknown } = await checkHistory(cleanHistory(seed));
  const forbidden = findings
    .filter(({ expect: how, explainedBy }) => how === 'forbid' && explainedBy === null)
    .map(({ sentence }) => sentence);
  return verdict === 'violated' && forbidden.length === 0
    ? [`violated without a finding: ${unknown.join()}`]
    : forbidden;
};

describe('no false alarm', () => {
  test.prop([fc.integer({ min: 0 })], { numRuns: 300 })('on a clean history of any seed', async (seed) => {
    expect(await falseAlarms(String(seed))).toEqual([]);
  });

  it('clean histories include reshards, retries, duplicates and late writes', async () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed += 1) {
      const lines = cleanHistory(String(seed));
      if (lines.some(({ type }) => type === 'reshard')) seen.add('reshard');
      for (const { anomaly, kind } of (await checkHistory(lines)).findings) seen.add(`${anomaly} ${kind}`);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['reshard', 'duplicate retry', 'zombie-append null', 'key-reorder null']),
    );
  });
});
