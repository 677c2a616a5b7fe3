import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkHistory } from '../../../judging/check-history.ts';
import { readingHistoryOf } from './histories.ts';
import { findingWord } from './verdict-notation.ts';

const page = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
const [, judged = ''] = page.split('<!-- judged by README.test.ts -->');
const rows = [...judged.matchAll(/^\| `(.*)` \| (.*)\|$/gm)].map(([, history = '', found = '']) => ({
  history: history.replaceAll('\\|', '|'),
  found: [...found.matchAll(/`([^`]+)`/g)].map(([, word]) => word),
}));

it('shows several histories', () => {
  expect(rows.length).toBeGreaterThan(3);
});

it.each(rows)('$history', async ({ history, found }) => {
  const { findings } = await checkHistory(readingHistoryOf([history, []]));
  expect(new Set(findings.map((finding) => findingWord(finding)))).toEqual(new Set(found));
  expect(findings).toHaveLength(found.length);
});
