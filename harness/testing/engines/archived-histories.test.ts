import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { archivedVerdict, type KeptVerdict, verdictsFile } from './archived-histories.ts';
import { engineList } from './engine-list.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const verdictsIn = (folder: string): Readonly<Record<string, KeptVerdict>> =>
  JSON.parse(readFileSync(join(root, folder, verdictsFile), 'utf8')) as Record<string, KeptVerdict>;
const historiesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).filter((name) => name.endsWith('.ndjson.gz'));

/**
 * Histories of real engines, judged again: the same history has the same verdict, whatever engine is at hand and
 * whichever judge reads it. Those of `golden` were made when format 1 was (2026-11-23,
 * put-record-lost-answer-and-retry, seed 1) and are never made again: they stay readable. Those of `reports` are what
 * `npm run test:engines -- --all` found last.
 */
describe.each(['harness/testing/pins/golden/engines', 'reports/engines'])('%s', (folder) => {
  const verdicts = verdictsIn(folder);

  test('has exactly one verdict for each history', () => {
    expect(Object.keys(verdicts).sort()).toEqual([...historiesIn(folder)].sort());
  });

  test.each(historiesIn(folder))('%s keeps its verdict', async (name) => {
    expect(archivedVerdict(await checkHistory(join(root, folder, name)))).toEqual(verdicts[name]);
  });
});

test('there is a history of each engine', () => {
  expect(historiesIn('harness/testing/pins/golden/engines')).toHaveLength(engineList.length);
});

test('the report names every archived history', () => {
  const report = readFileSync(join(root, 'reports/engines.md'), 'utf8');
  for (const name of historiesIn('reports/engines')) expect(report).toContain(`reports/engines/${name}`);
});
