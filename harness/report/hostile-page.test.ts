import { gunzipSync } from 'node:zlib';
import { test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { reportSources } from '../cli/report-sources.ts';
import { checkHistory } from '../judging/check-history.ts';
import { visible } from '../lib/visible.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { hostileText } from '../testing/generators/hostile-text.ts';
import { outOfOrder } from '../testing/generators/two-records.ts';
import { withWords } from '../testing/generators/with-words.ts';
import type { PageCode } from './html/bundle.ts';
import { pageCode } from './html/page-code.ts';
import { renderPage } from './html/render.ts';
import { escapeHtml } from './html/view/markup.ts';

type Lines = readonly (Head | HistoryEvent)[];

let code: PageCode;
let plain: string;
let known: readonly string[];
beforeAll(async () => {
  code = await pageCode();
  plain = await pageWith('');
  known = [...new Set(elementsOf(plain))];
});

const linesWith = (words: string): Lines =>
  withWords(
    outOfOrder({ target: { engine: 'e', version: 'v' }, scenario: { name: 's', why: 'w' }, versions: { sdk: '1' } })
      .event({ type: 'note', text: 'n' })
      .event({ type: 'fault', fault: 'f', phase: 'fired', id: 1, op: 2, detail: { d: 'd' } })
      .end().lines,
    words,
  );

/** A red history, whose every name has the words in it, and runs that ended early. */
const pageWith = async (words: string): Promise<string> => {
  const lines = linesWith(words);
  const history: HistoryVerdict = {
    ...(await checkHistory(lines, { path: `h${words}.ndjson` })),
    aloud: [`a${words}`],
  };
  const run = {
    scenario: `s${words}`,
    why: `w${words}`,
    target: `t${words}`,
    durationMs: 1,
    replay: `r${words}`,
    notes: [`n${words}`],
    tags: [`t${words}`],
  };
  const early = (['error', 'unjudged', 'interrupted', 'skipped'] as const).map((field) => ({
    history: undefined,
    run: { ...run, [field]: `e${words}` },
  }));
  const read = async (_path: string, onEvent: (event: Head | HistoryEvent, line: number) => void): Promise<boolean> => {
    for (const [index, line] of lines.entries()) onEvent(line, index + 1);
    return true;
  };
  const page = await renderPage([{ history, run }, ...early], { ...reportSources(), read });
  return page.replace(code.script, '').replace(code.style, '');
};

const tag = /<(\/?[a-z!][a-z0-9]*)((?:\s+[a-zA-Z][\w:-]*(?:="[^"<>]*")?)*)\s*\/?>/g;
/** Elements with the names of their attributes, as a browser meets them. */
const elementsOf = (page: string): readonly string[] =>
  [...page.matchAll(tag)].map(([, name, attributes = '']) => `${name}${attributes.replaceAll(/="[^"]*"/g, '')}`);

const hasAsManyOf =
  (element: string) =>
  (page: string): boolean =>
    page.split(`<${element}`).length === plain.split(`<${element}`).length &&
    page.split(`</${element}`).length === plain.split(`</${element}`).length;

const withoutData = (page: string): string => page.replaceAll(/(<script type[^>]*>)[^<]*/g, '$1');
const contentOf = (page: string, type: string): readonly string[] =>
  [...page.matchAll(new RegExp(`<script type="${type}"[^>]*>([^<]*)</script>`, 'g'))].map(([, inner = '']) => inner);

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
};

const namesIn = ([records = '']: readonly string[]): readonly string[] =>
  textsIn(JSON.parse(/\[\[.*\]\]$/s.exec(gunzipSync(Buffer.from(records, 'base64')).toString())?.[0] ?? '[]'));

const hidden = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;

describe('whatever stands in a name, a note, an error', () => {
  test.prop([hostileText], { numRuns: 30 })('html: the elements are ours, and texts are inert', async (words) => {
    const page = await pageWith(words);
    expect(/.{0,60}(?!\n)[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\ufeff\u2028\u2029].{0,60}/su.exec(page)).toBeNull();
    // Long texts are cut, or take more lines of a drawing: not as many of each, but none that is new.
    expect(known).toEqual(expect.arrayContaining([...new Set(elementsOf(page))]));
    for (const element of ['script', 'details', 'summary', 'pre', 'img']) expect(page).toSatisfy(hasAsManyOf(element));
    expect(
      withoutData(page)
        .replaceAll(tag, '')
        .match(/.{0,60}[<>].{0,60}/),
    ).toBeNull();
    const seen = visible(words);
    expect(page).toContain(escapeHtml(seen));
    // What its script reads.
    const data = contentOf(page, 'application/json').map((text) => JSON.parse(text) as unknown);
    expect(data).toHaveLength(1 + 5);
    for (const text of textsIn(data)) expect(text).not.toMatch(hidden);
    const names = namesIn(contentOf(page, 'application/octet-stream'));
    expect(names).toContain(`a${seen}`);
    expect(names.join('')).not.toMatch(hidden);
  });
});
