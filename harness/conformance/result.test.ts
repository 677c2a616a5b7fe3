import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { hostileText } from '../testing/generators/hostile-text.ts';
import type { AnswerKind } from './answer.ts';
import { compareResults, renderChanges } from './compare.ts';
import { renderMatrix } from './matrix.ts';
import { pickClaims } from './pick.ts';
import { claims } from './registry.ts';
import { type ConformanceResult, parseResult } from './result.ts';
import { renderResult } from './terminal.ts';

const result = (engineVersion: string, kinds: Readonly<Record<string, AnswerKind>>): ConformanceResult => ({
  format: 'kinesis-order-conformance',
  version: 1,
  engine: 'engine',
  engineVersion,
  at: '2026-11-23T08:00:00.000Z',
  seconds: 12.3,
  versions: { sdk: '3.0.0' },
  command: 'npx kinesis-order conformance --target engine',
  answers: Object.entries(kinds).map(([claim, kind]) => ({
    claim,
    area: 'reads' as const,
    kind,
    saw: `did | ${kind}`,
    ms: 5,
  })),
});

const old = result('1', { latest: 'conforms', 'trim-horizon': 'deviates', 'two-readers-agree': 'conforms' });
const now = result('2', { latest: 'deviates', 'trim-horizon': 'conforms', 'two-readers-agree': 'conforms' });

describe('two results compared', () => {
  test('tell what is answered otherwise, and what is worse', () => {
    expect(compareResults(old, now).map(({ claim, isWorse }) => [claim, isWorse])).toEqual([
      ['latest', true],
      ['trim-horizon', false],
    ]);
    expect(renderChanges(old, now).split('\n')[1]).toContain('✗ latest: conforms → deviates');
  });

  test('of the same answers tell of nothing', () => {
    expect(compareResults(old, old)).toEqual([]);
  });

  test('tell of claims that only one of them asked, as no worsening', () => {
    const changes = compareResults(old, result('3', { latest: 'conforms' }));
    expect(changes.map(({ to, isWorse }) => [to, isWorse])).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
  });
});

describe('a result file', () => {
  test('is read back as it was written', () => {
    expect(parseResult(JSON.stringify(old), 'old.json')).toEqual(old);
  });

  test.each([
    ['no JSON', '{', /old\.json is no JSON/],
    ['another file', '{"format":"other"}', /old\.json is no conformance result: format/],
    [
      'an unknown answer',
      JSON.stringify({ ...old, answers: [{ ...old.answers[0], kind: 'maybe' }] }),
      /answers\.0\.kind/,
    ],
  ])('that is %s is refused with file and field', (_, text, message) => {
    expect(() => parseResult(text, 'old.json')).toThrow(message);
  });
});

describe('the matrix', () => {
  test('has a cell for each claim and engine that leads to what it did and to the line that shows it again', () => {
    const text = renderMatrix([old, now], claims);
    expect(text).toContain('| [latest](#latest) | [✓](#latest--engine-1) | [**✗**](#latest--engine-2) |');
    const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
    const cells = [...text.matchAll(/\]\(#([^)]+--[^)]+)\)/g)].map(([, id]) => id);
    expect(cells.length).toBe(old.answers.length + now.answers.length);
    for (const cell of cells) expect(anchors).toContain(cell);
    expect(text).toContain('did \\| deviates');
    expect(text).toContain('`npx kinesis-order conformance --target engine --only latest`');
    for (const id of Object.keys(claims)) expect(text).toContain(`### ${id}\n`);
  });
});

describe('the terminal', () => {
  test("shows what does not conform beside AWS's words, and the counts", () => {
    const text = renderResult(now, claims);
    expect(text).toContain('deviates: latest');
    expect(text).toContain(claims.latest.wording);
    expect(text).toContain('engine 2, 3 claims in 12 s');
  });
});

describe('--only', () => {
  test('picks claims and whole areas, with commas too', () => {
    const picked = Object.keys(pickClaims(claims, ['latest,trim-horizon', 'fan-out']));
    expect(picked).toContain('latest');
    expect(picked.length).toBe(2 + Object.values(claims).filter((claim) => claim.area === 'fan-out').length);
  });

  test('refuses a name that is none, with what it may have been', () => {
    expect(() => pickClaims(claims, ['', ','])).toThrow(/--only names no claim/);
    expect(() => pickClaims(claims, ['nonsense'])).toThrow(/no claim and no area "nonsense"/);
    expect(() => pickClaims(claims, ['fan-inn'])).toThrow(/fan-inn/);
  });
});

test.prop([hostileText], { numRuns: 50 })('words of an engine in the matrix are text', (words) => {
  const said = { ...result(words, { latest: 'deviates' }), engine: words, at: words, command: words };
  const evil = { ...said, versions: { [words]: words }, answers: said.answers.map((one) => ({ ...one, saw: words })) };
  const [text, plain] = [evil, old].map((one) => renderMatrix([one], claims));
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u);
  const actedOn = (of = ''): unknown => of.replaceAll(/`[^`\n]*`|\\./g, '').match(/<[^a/]|!\[/g);
  expect(actedOn(text)).toEqual(actedOn(plain));
  const bars = (of = ''): readonly number[] =>
    of
      .replaceAll(/\\./g, '')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| claim'))
      .map((line) => line.split('|').length);
  expect(new Set(bars(text))).toEqual(new Set(bars(plain)));
});
