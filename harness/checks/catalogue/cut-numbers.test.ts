import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { smallestCases } from '../../testing/cases/smallest-cases.ts';
import { history } from '../../testing/generators/history-builder.ts';
import { cutNumbers, markNumber } from './cut-numbers.ts';

const sentence = (...numbers: readonly string[]): string => numbers.map(markNumber).join(' and ');
const cut = (...numbers: readonly string[]): readonly string[] => cutNumbers(sentence(...numbers)).split(' and ');

describe('sequence numbers in a sentence', () => {
  test('show their last digits where they stand alone', () => {
    expect(cut('49543463076548007577105092703039560359975228518395019266')).toEqual(['…518395019266']);
    expect(cut('12345678901234')).toEqual(['12345678901234']);
  });

  test('show the first digit that differs, and all behind it', () => {
    expect(
      cut(
        '49680485470600000000000000000123050000000000000000000050',
        '49680485470600000000000000000123110000000000000000000110',
      ),
    ).toEqual(['…23050000000000000000000050', '…23110000000000000000000110']);
  });

  test('are whole where they differ at once, or in length', () => {
    const numbers = ['19680485470600000000000000000123050000000000000000000050', '2'.repeat(56)];
    expect(cut(...numbers)).toEqual(numbers);
    expect(cut('1'.repeat(56), '2'.repeat(20))).toEqual(['1'.repeat(56), '2'.repeat(20)]);
  });

  const digits = fc.bigInt({ min: 0n, max: 10n ** 60n }).map(String);
  property.prop(
    [fc.array(fc.bigInt({ min: 0n, max: 10n ** 58n }).map(String), { minLength: 1, maxLength: 4 }), digits],
    {
      numRuns: 200,
    },
  )('differ where the numbers do, order as they do, and are found by a search', (some, common) => {
    const numbers = [...new Set(some.map((one) => `1${common}${one}`))];
    const shown = cut(...numbers).map((text) => text.replace('…', ''));
    expect(new Set(shown).size).toBe(new Set(numbers).size);
    for (const [index, text] of shown.entries()) expect(numbers[index]?.endsWith(text)).toBe(true);
    const byNumber = [...shown.keys()].sort((a, b) => (BigInt(numbers[a] ?? 0) < BigInt(numbers[b] ?? 0) ? -1 : 1));
    const byText = [...shown.keys()].sort((a, b) => (BigInt(shown[a] ?? 0) < BigInt(shown[b] ?? 0) ? -1 : 1));
    expect(byText).toEqual(byNumber);
  });
});

test('a finding shows the difference of the numbers that it is about, and its evidence holds them whole', async () => {
  const low = '49680485470600000000000000000123050000000000000000000110';
  const high = '49680485470600000000000000000456110000000000000000000050';
  const made = history()
    .put('a', 0)
    .ok(high)
    .put('a', 1)
    .ok(low)
    .page([
      [low, 'a', 1],
      [high, 'a', 0],
    ]);
  const { findings } = await checkHistory(made.end().lines);
  const order = findings.find(({ anomaly }) => anomaly === 'nonmonotonic-send');
  expect(order?.sentence).toContain('…00456110000000000000000000050 of');
  expect(order?.sentence).toContain('…00123050000000000000000000110 of');
  expect(order?.evidence).toMatchObject({ earlier: { seq: high }, later: { seq: low } });
});

test('no verdict holds the marks', async () => {
  for (const { bad } of Object.values(smallestCases))
    expect(JSON.stringify(await checkHistory(bad().end().lines))).not.toMatch(/[\u{e000}\u{e001}]/u);
});
