import { test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { hostileText } from '../../testing/generators/hostile-text.ts';
import { aComparison, aRanking, aRow } from '../../testing/stand-ins/a-comparison.ts';
import { latenciesOf } from '../latencies.ts';
import type { Comparison, Step } from '../result.ts';
import { html } from './html.ts';
import { markdown } from './markdown.ts';
import { rankingLines, rankingWords } from './ranking-words.ts';
import { formats } from './registry.ts';
import { terminal } from './terminal.ts';
import { timeWords } from './words.ts';

const flat = (count: number, latencyUs: number) =>
  latenciesOf([Array.from({ length: count }, (_, index) => ({ dueUs: index * 5000, latencyUs }))]);

const quick = aRow({ arm: 'quick', dueToAcked: flat(1000, 2000), stored: 1000, calls: 1000, units: 1000 });
const broken = aRow({
  arm: 'broken',
  dueToAcked: flat(500, 40_000),
  order: { kept: false, pairs: 4000, inversions: 3 },
  broken: ['key-reorder'],
  stored: 1000,
  calls: 10,
  units: 40,
  throttledCalls: 2,
  isSustained: false,
});
const late = aRow({ arm: 'late', answered: 60, dueToAcked: flat(100, 900_000), isSustained: null });
const two = aComparison([quick, broken, late], {
  ranking: aRanking({
    groups: [[{ arm: 'quick', median: 2000 }], [{ arm: 'broken', median: 40_000 }]],
    behind: ['late'],
  }),
});

const stepOf = ({ arm, rate }: Pick<Step, 'arm' | 'rate'>): Step => ({
  arm,
  rate,
  bufferedMs: null,
  isSustained: rate < 300,
  perKinesisRecord: 1,
  unitsPer1000: 1000,
  callsPer1000: 1000,
  dueToAcked: flat(100, rate * 10),
});

describe('the table', () => {
  test('says the order, the percentiles that n carries, rate and cost', () => {
    const lines = terminal(two).split('\n');
    const rowOf = (arm: string) =>
      lines
        .find((line) => line.startsWith(`  ${arm}`))
        ?.trim()
        .split(/ {2,}/);
    expect(rowOf('quick')).toEqual(
      [
        'quick',
        'kept (could show ≥ 30 %)',
        'n too small',
        '0',
        '0',
        'nothing',
        '2.00 ms',
        '2.00 ms',
        'n too small',
        '2.00 ms',
        'n too small',
      ].concat(['n too small', 'n too small', '1,000', '≥ 150/s', '1,000', '1,000', 'none']),
    );
    expect(rowOf('broken')).toEqual(
      [
        'broken',
        'NO: 3 of 4,000',
        '750',
        '0',
        '0',
        'nothing',
        '40.0 ms',
        'n too small',
        'n too small',
        '40.0 ms',
      ].concat(['n too small', 'n too small', 'n too small', '500', '< 150/s', '10', '40', '2 of 10']),
    );
    expect(lines).toContain('broken: promises broken: key-reorder');
  });

  test('of an emulator is headed so, and ranks by ratios', () => {
    for (const text of [terminal(two), markdown(two), html(two)])
      expect(text).toContain('kinesalite 3.3.3: this engine, not AWS');
    expect(rankingWords(two)).toBe(
      'ranking by p50, this engine, not AWS, × is to the p50 of quick: quick < broken (× 20); not ranked, fell behind the schedule (lower --rate to 48): late',
    );
    expect(terminal({ ...two, engine: 'aws', isAws: true })).not.toContain('not AWS');
  });

  test('names who is not ranked since rounds disagree, how noisy they were, and that the engine is slow', () => {
    const ranking = aRanking({ few: ['few'], disagree: [{ arm: 'noisy', low: 12_100, high: 341_000 }] });
    expect(terminal({ ...two, ranking, slowness: 10 }).split('\n')).toEqual(
      expect.arrayContaining([
        'not ranked, rounds disagree by more than the arms differ: noisy (p50 of a round 12.1 ms to 341 ms)',
        'not ranked, too few records: few',
        'the engine answers slowly here (deadlines × 10): other work on this machine is in every time',
      ]),
    );
  });

  test('says who is not ranked since it did less work, and calls it sustained nowhere', () => {
    const half = aRow({ arm: 'half', records: 40, acked: 37, losses: 80, isSustained: true });
    const ranking = aRanking({ undone: [{ arm: 'half', lost: 80, unanswered: 3 }] });
    const text = terminal(aComparison([half], { ranking }));
    expect(text).toContain('not ranked, did not write all of its records: half (80 lost, 3 unanswered)\n');
    expect(text).toContain('  no: 80 lost, 3 unanswered  ');
  });

  test('explains arms that share a place at different p50s, and arms without a place, by their pairs', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((arm, index) => ({ arm, median: 10_000 * (index + 1) }));
    const pairs: Comparison['ranking']['pairs'] = [
      { quick: 'a', slow: 'b', ratio: 2, low: 0.034, high: 8.31, relation: 'alike' },
      { quick: 'a', slow: 'mid', ratio: 2, low: 1, high: 3, relation: 'alike' },
      { quick: 'b', slow: 'mid', ratio: 1.1, low: 1, high: 1.2, relation: 'alike' },
      { quick: 'mid', slow: 'c', ratio: 2, low: 1.9, high: 2.1, relation: 'slower' },
    ];
    const groups = [[a, b], [c]].map((group) => group.flatMap((one) => one ?? []));
    expect(rankingLines({ ...two, ranking: aRanking({ groups, pairs, unplaced: ['mid'] }) })).toEqual([
      'ranking by p50, this engine, not AWS, × is to the p50 of a: a ≈ b < c (× 3)',
      '≈ by its interval, though the p50s differ: a and b (× 2, 95 % interval × 0.034 to × 8.3)',
      'not ranked, no place says what is true of each pair: mid (≈ a, ≈ b, < c)',
    ]);
  });

  test('of many pairs says how rare a reorder would have shown, and a reorder by its figures', () => {
    const many = aRow({ order: { kept: true, pairs: 30_000, inversions: 0 } });
    expect(terminal(aComparison([many]))).toContain('kept (could show ≥ 0.01 %)            0 ');
  });

  test('of a comparison that was stopped says why, and what is missing, in every format', () => {
    const ended = { why: 'the command x failed with exit code 7', notRun: ['x: 0 of 2 rounds finished'] };
    for (const { render } of Object.values(formats)) {
      expect(render({ ...two, ended })).toContain('the command x failed with exit code 7');
      expect(render({ ...two, ended })).toContain('x: 0 of 2 rounds finished');
    }
  });

  test('has a curve and a table of each sweep', () => {
    const swept = { ...two, sweep: [stepOf({ arm: 'quick', rate: 400 }), stepOf({ arm: 'quick', rate: 100 })] };
    expect(markdown(swept)).toContain('| quick | 100/s | yes | 1.00 ms |');
    expect(markdown(swept).indexOf('100/s')).toBeLessThan(markdown(swept).indexOf('400/s'));
    // Percentiles of the arms; p50 and maximum over load: n is too small for others.
    expect(html(swept).match(/<svg/g)).toHaveLength(3);
    expect(html(swept).match(/class="knee"/g)).toHaveLength(2);
    expect(html(two).match(/<svg/g)).toHaveLength(1);
    for (const page of [html(swept), html(two), html(aComparison([]))])
      expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });
});

const evilWith = (words: string) =>
  aComparison([aRow({ ...quick, arm: words, what: words, broken: [words], unknown: [words] })], {
    engine: words,
    ranking: aRanking({
      groups: [[{ arm: words, median: 1 }]],
      undone: [{ arm: words, lost: 1, unanswered: 1 }],
      behind: [words],
      few: [words],
      disagree: [{ arm: words, low: 1, high: 2 }],
      unplaced: [words],
      pairs: [{ quick: words, slow: words, ratio: 2, low: 1, high: 3, relation: 'alike' }],
    }),
    ended: { why: words, notRun: [words] },
    sweep: [stepOf({ arm: words, rate: 100 })],
    packing: [stepOf({ arm: words, rate: 100 })],
  });
const acted = /(?!\n)[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\ufeff\u2028\u2029]/u;
const barsIn = (text: string): readonly number[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').length);
const tagsIn = (text: string): readonly string[] => text.match(/<\/?[a-z0-9]+/g) ?? [];

describe('whatever stands in a name', () => {
  const [plainTags, plainBars] = [tagsIn(html(evilWith('x'))), barsIn(markdown(evilWith('x')))];

  prop.prop([hostileText], { numRuns: 100 })('is text', (words) => {
    const evil = evilWith(words);
    for (const { render } of Object.values(formats)) expect(render(evil)).not.toMatch(acted);
    expect(tagsIn(html(evil))).toEqual(plainTags);
    expect(markdown(evil)).not.toMatch(/[<>`\\[\]]/);
    expect(barsIn(markdown(evil))).toEqual(plainBars);
    expect(JSON.parse(formats.json.render(evil))).toEqual(JSON.parse(JSON.stringify(evil)));
  });
});

test.each([
  [0, '0 µs'],
  [870, '870 µs'],
  [1930, '1.93 ms'],
  [9996, '10.0 ms'],
  [104_400, '104 ms'],
  [999_499, '999 ms'],
  [999_500, '1.00 s'],
  [2_500_000, '2.50 s'],
])('%i µs is said as %s', (us, words) => {
  expect(timeWords(us)).toBe(words);
});
