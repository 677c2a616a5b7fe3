import { fc, test } from '@fast-check/vitest';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect } from 'vitest';
import { headroomFold } from '../headroom/headroom.ts';
import { checkHistory, verdictOf } from '../judging/check-history.ts';
import { printed } from '../lib/printed.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { hostileText } from '../testing/generators/hostile-text.ts';
import { outOfOrder } from '../testing/generators/two-records.ts';
import { withWords } from '../testing/generators/with-words.ts';
import { failureText } from './failure-text.ts';
import { reporters } from './registry.ts';
import type { Reported, RunInfo } from './reporter.ts';

let red: HistoryVerdict;
beforeAll(async () => {
  const { lines } = outOfOrder().end();
  const fold = headroomFold();
  for (const line of lines) fold.take(line);
  const headroom = fold.result();
  const verdict = await checkHistory(lines, { path: 'h.ndjson' });
  red = { ...verdict, ...(headroom === undefined ? {} : { headroom }), unknown: ['u'], aloud: ['a'] };
});

const runOf = (words: string): RunInfo => ({
  scenario: `s${words}`,
  why: words,
  target: words,
  durationMs: 1,
  replay: words,
  report: `r${words}.html`,
  notes: [words],
});
const reportedWith = (words: string): readonly Reported[] => [
  { history: withWords(red, words), run: runOf(words) },
  { history: { ...withWords(red, words), verdict: 'holds' }, run: runOf(words) },
  ...(['error', 'unjudged', 'interrupted', 'skipped'] as const).map((field) => ({
    history: undefined,
    run: { ...runOf(words), [field]: words },
  })),
];
const render = async (
  name: Exclude<keyof typeof reporters, 'html'>,
  all: readonly Reported[],
  color = false,
): Promise<string> => {
  const verdict = verdictOf(
    all.flatMap(({ history }) => (history === undefined ? [] : [history])),
    all.flatMap(({ history, run }) => (history === undefined ? [{ path: run.scenario, error: run.error ?? 'x' }] : [])),
  );
  return reporters[name].render(verdict, all, { color, detail: 'verbose' });
};

const ourColors = new RegExp(`${String.fromCharCode(27)}\\[\\d\\d?m`, 'g');
const acted = /(?![\n])[\p{Cc}\p{Bidi_Control}\u200b\ufeff\u2028\u2029]/u;
const linesOf = (text: string): readonly string[] => text.split('\n');

describe('whatever stands in a name, a note, an error', () => {
  test.prop([hostileText], { numRuns: 150 })('terminal: no code, no command, on both streams', async (words) => {
    for (const color of [false, true]) {
      const text = printed(await render('terminal', reportedWith(words), color), { isColored: color });
      expect(color ? text.replaceAll(ourColors, '') : text).not.toMatch(acted);
      expect(linesOf(text).filter((line) => line.trim().startsWith('::') || line.includes('##['))).toEqual([]);
    }
  });

  test.prop([hostileText], { numRuns: 100 })('github: one command a line, all of them ours', async (words) => {
    const text = printed(await render('github', reportedWith(words)), { areCommandsOurs: true });
    expect(text).not.toMatch(acted);
    expect(text).not.toContain('##[');
    const lines = linesOf(text.trimEnd());
    // One over all, one each, and what is said aloud of the two that were judged beside the one that is red.
    expect(lines.length).toBeLessThanOrEqual(9);
    for (const line of lines) expect(line).toMatch(/^::(notice|warning|error) title=[^:,]*::[^\r\n]*$/);
  });

  test.prop([hostileText], { numRuns: 100 })('junit: valid XML 1.0, with all its cases', async (words) => {
    const text = await render('junit', reportedWith(words));
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(text) as {
      testsuites: { testsuite: { tests: string; testcase: readonly { name: string }[] } };
    };
    expect(testsuites.testsuite.testcase).toHaveLength(Number(testsuites.testsuite.tests));
  });

  test.prop([hostileText], { numRuns: 100 })('markdown: no HTML but ours, every row whole', async (words) => {
    const text = await render('markdown', reportedWith(words));
    expect(text.replaceAll(/<\/?(details|summary|pre|br)( open)?>/g, '')).not.toMatch(/[<>]/);
    // As many as ours, so none of them is theirs.
    for (const tag of ['details', 'summary', 'pre']) {
      const count = (of: RegExp): number => text.match(of)?.length ?? 0;
      expect(count(new RegExp(`<${tag}[ >]`, 'g'))).toBe(count(new RegExp(`</${tag}>`, 'g')));
    }
    expect(text.match(/<pre>/g)).toHaveLength(4);
    const outside = text.replaceAll(/<(pre|summary)>[\s\S]*?<\/\1>/g, '');
    const rows = linesOf(outside).filter((line) => line.startsWith('|'));
    expect(rows.filter((row) => row.split('|').length === 6)).toHaveLength(2 + 6);
    expect(outside).not.toMatch(acted);
    expect(outside).not.toMatch(/[`\\[\]]/);
  });

  test.prop([hostileText], { numRuns: 100 })('json: inert text, the same values', async (words) => {
    const all = reportedWith(words);
    const text = printed(await render('json', all));
    expect(text).not.toMatch(acted);
    expect(text).not.toContain('##[');
    const { histories } = JSON.parse(text) as { histories: readonly unknown[] };
    expect(histories).toEqual(JSON.parse(JSON.stringify([all[0]?.history, all[1]?.history])));
  });

  test.prop([hostileText], { numRuns: 50 })('tests: the same words without a code', (words) => {
    for (const one of reportedWith(words)) expect(failureText(one) ?? '').not.toMatch(acted);
  });

  test.prop([fc.string({ unit: 'binary' })])('a stream is given nothing that acts', (words) => {
    expect(printed(words)).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u);
    expect(printed(printed(words))).toBe(printed(words));
  });
});
