import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { DigestParts, Digests } from './digests.ts';
import { areSame, limbsPer, looksEncodedAt, low32Of, SequenceParts, Sequences, textOfLimbs } from './sequences.ts';

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: 1, maxLength: 129 });
const close = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 62n }), fc.bigInt({ min: -2n, max: 2n }))
  .map(([number, by]) => [String(number), String(number + by < 0n ? 0n : number + by)] as const);

const held = (texts: readonly string[]): { readonly sequences: Sequences; readonly ids: readonly number[] } => {
  const sequences = new Sequences();
  const parts = new SequenceParts();
  const ids = texts.map((text) => {
    parts.read(text);
    return sequences.pushParts(parts);
  });
  return { sequences, ids };
};

describe('sequence numbers in columns', () => {
  test.prop([fc.oneof(fc.tuple(digits, digits), close)])('compare as the numbers they are', ([a, b]) => {
    const { sequences, ids } = held([a, b]);
    const [one, other] = [BigInt(a), BigInt(b)];
    expect(Math.sign(sequences.compare(ids[0] ?? -1, ids[1] ?? -1))).toBe(one < other ? -1 : one > other ? 1 : 0);
  });

  test.prop([fc.array(digits, { minLength: 1, maxLength: 200 })])('come back without leading zeros', (texts) => {
    const { sequences, ids } = held(texts);
    expect(ids.map((id) => sequences.text(id))).toEqual(texts.map((text) => String(BigInt(text))));
  });

  test.prop([fc.bigInt({ min: 0n, max: 10n ** 64n - 1n })])('tell their low 32 bits', (number) => {
    const { sequences, ids } = held([String(number)]);
    expect(sequences.low32(ids[0] ?? -1)).toBe(Number(number & 0xffff_ffffn));
  });

  test.prop([digits, digits])('are the same when all digits are', (a, b) => {
    const { sequences, ids } = held([a]);
    const parts = new SequenceParts();
    parts.read(b);
    expect(sequences.is(ids[0] ?? -1, parts.limbs, 0, parts.long)).toBe(BigInt(a) === BigInt(b));
  });
});

describe('a sequence number in columns', () => {
  test.each([
    '0',
    '00',
    '7',
    '1'.repeat(64),
    '1'.repeat(65),
    '0'.repeat(9) + '1'.repeat(64),
    '0'.repeat(9) + '1'.repeat(65),
    '9'.repeat(129),
  ])('%s is held whole', (text) => {
    const { sequences, ids } = held(['5', text]);
    expect(ids).toEqual([0, 1]);
    expect(sequences.text(1)).toBe(String(BigInt(text)));
    expect(sequences.compare(0, 1)).toBe(Math.sign(Number(5n - BigInt(text))));
    expect(sequences.compare(1, 1)).toBe(0);
  });

  test('stands in its parts as limbs of 8 digits, or as a text above all limbs', () => {
    const parts = new SequenceParts();
    parts.read('0'.repeat(80) + '7');
    expect([...parts.limbs, parts.long]).toEqual([0, 0, 0, 0, 0, 0, 0, 7, undefined]);
    parts.read(`0${'12'.repeat(32)}3`);
    expect([...parts.limbs, parts.long]).toEqual([0x7fff_ffff, 0, 0, 0, 0, 0, 0, 0, `${'12'.repeat(32)}3`]);
    parts.read('9'.repeat(64));
    expect([...parts.limbs, parts.long]).toEqual([...Array.from({ length: 8 }, () => 99_999_999), undefined]);
    parts.read('10000000200000003');
    expect([...parts.limbs, parts.long]).toEqual([0, 0, 0, 0, 0, 1, 2, 3, undefined]);
  });

  test('is told from a place within other limbs', () => {
    const limbs = Int32Array.of(9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 1, 2, 3);
    const sequences = new Sequences();
    const id = sequences.push(limbs, limbsPer);
    expect([sequences.text(id), sequences.length]).toEqual(['10000000200000003', 1]);
    expect(sequences.is(id, limbs, limbsPer)).toBe(true);
    expect(sequences.is(id, limbs, 0)).toBe(false);
    expect(sequences.is(id, limbs, limbsPer, '1')).toBe(false);
    expect([textOfLimbs(limbs, limbsPer), low32Of(limbs, limbsPer)]).toEqual([
      '10000000200000003',
      Number(10000000200000003n & 0xffff_ffffn),
    ]);
  });

  test('that is long is the same as no other long one', () => {
    const { sequences, ids } = held(['1'.repeat(65), '1'.repeat(64) + '2', '1'.repeat(66)]);
    const parts = new SequenceParts();
    parts.read('1'.repeat(65));
    expect(ids.map((id) => sequences.is(id, parts.limbs, 0, parts.long))).toEqual([true, false, false]);
    expect(ids.map((id) => sequences.is(id, parts.limbs, 0))).toEqual([false, false, false]);
    expect(ids.flatMap((a) => ids.map((b) => Math.sign(sequences.compare(a, b))))).toEqual([
      0, -1, -1, 1, 0, -1, 1, 1, 0,
    ]);
  });

  test.each<[string, boolean]>([
    [`4${'0'.repeat(54)}2`, true],
    [`4${'0'.repeat(54)}3`, false],
    [`5${'9'.repeat(54)}4`, (BigInt(`5${'9'.repeat(54)}4`) & 15n) === 2n],
    [`3${'9'.repeat(53)}06`, false],
    [`6${'0'.repeat(54)}2`, false],
    [`6${'0'.repeat(53)}10`, false],
    [`4${'0'.repeat(53)}2`, false],
    [`4${'0'.repeat(55)}2`, false],
    ['2', false],
    ['4'.repeat(65), false],
    [`1${'4'.repeat(56)}`, false],
    ['49590338271490256608559692538361571095921575989136588898', true],
  ])('%s looks like one of AWS: %s', (text, is) => {
    const { sequences, ids } = held(['1', text]);
    expect(sequences.looksEncoded(ids[1] ?? -1)).toBe(is);
    const parts = new SequenceParts();
    parts.read(text);
    expect(looksEncodedAt(parts.limbs, 0)).toBe(is);
  });

  test('has a tag that is its own as good as always, and that spreads over slots', () => {
    const texts = Array.from({ length: 4000 }, (_, index) =>
      String(49590338271490256608559692538361571095921575989136588898n + BigInt(index) * 2n ** 40n),
    );
    const { sequences, ids } = held([...texts, ...texts]);
    const tags = ids.map((id) => sequences.tag(id));
    expect(tags.slice(4000)).toEqual(tags.slice(0, 4000));
    expect(new Set(tags).size).toBeGreaterThan(3990);
    expect(new Set(tags.map((tag) => tag & 8191)).size).toBeGreaterThan(3000);
  });

  test('has a tag that is its own whatever stands behind it', () => {
    const { sequences, ids } = held(['7', '9'.repeat(64), '7', `1${'0'.repeat(63)}`]);
    expect(sequences.tag(ids[0] ?? -1)).toBe(sequences.tag(ids[2] ?? -1));
  });

  test('is the same where all its limbs are, the highest among them', () => {
    const limbs = (text: string): Int32Array => {
      const parts = new SequenceParts();
      parts.read(text);
      return parts.limbs.slice();
    };
    const [one, other] = [limbs('9'.repeat(64)), limbs(`8${'9'.repeat(63)}`)];
    expect([areSame(one, 0, one, 0), areSame(one, 0, other, 0)]).toEqual([true, false]);
  });

  test.prop([digits, fc.nat({ max: 9 })])('has one tag, with leading zeros or without', (text, zeros) => {
    const { sequences, ids } = held([text, '0'.repeat(zeros) + text]);
    expect(sequences.tag(ids[0] ?? -1)).toBe(sequences.tag(ids[1] ?? -1));
  });
});

const digest = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: 15, maxLength: 17 }),
  fc.string({ unit: fc.constantFrom(...'09afAF'.split('')), minLength: 16, maxLength: 16 }),
  fc.constant(undefined),
  fc.string(),
);

test.prop([fc.array(digest, { minLength: 1 }), digest])(
  'digests in columns are the texts that they were',
  (texts, other) => {
    const digests = new Digests();
    const parts = new DigestParts();
    const ids = texts.map((text) => {
      parts.read(text);
      return digests.push(parts);
    });
    expect(ids.map((id) => digests.text(id))).toEqual(texts);
    parts.read(other);
    expect(ids.map((id) => digests.is(id, parts))).toEqual(texts.map((text) => text === other));
    expect(ids.map((id) => digests.same(id, ids[0] ?? -1))).toEqual(texts.map((text) => text === texts[0]));
  },
);

describe('a digest on its way', () => {
  test('is that of one line, whatever the line before had', () => {
    const digests = new Digests();
    const parts = new DigestParts();
    expect([parts.kind, parts.high, parts.low, parts.text]).toEqual([0, 0, 0, undefined]);
    const push = (text: string | undefined): number => {
      parts.read(text);
      return digests.push(parts);
    };
    const ids = [
      push('9f86d081884c7d65'),
      push(undefined),
      push('9F86D081884C7D65'),
      push('short'),
      push('0000000000000000'),
    ];
    parts.setNone();
    expect(ids.map((id) => digests.is(id, parts))).toEqual([false, true, false, false, false]);
    expect(parts.text).toBeUndefined();
    parts.setHex(0x9f86d081 | 0, 0x884c7d65 | 0);
    expect(ids.map((id) => digests.is(id, parts))).toEqual([true, false, false, false, false]);
    expect([digests.push(parts), digests.text(5)]).toEqual([5, '9f86d081884c7d65']);
    parts.setHex(0x9f86d081 | 0, 1);
    expect(ids.map((id) => digests.is(id, parts))).toEqual([false, false, false, false, false]);
    parts.setHex(1, 0x884c7d65 | 0);
    expect(ids.map((id) => digests.is(id, parts))).toEqual([false, false, false, false, false]);
  });

  test('is the same as another with the same bytes, and one that is not there as another that is not', () => {
    const digests = new Digests();
    const parts = new DigestParts();
    const texts = ['9f86d081884c7d65', '9f86d08100000000', '00000000884c7d65', 'a', 'b', undefined, '0000000000000000'];
    for (const text of [...texts, ...texts]) {
      parts.read(text);
      digests.push(parts);
    }
    const count = texts.length;
    for (let a = 0; a < 2 * count; a += 1)
      for (let b = 0; b < 2 * count; b += 1) expect(digests.same(a, b)).toBe(a % count === b % count);
  });
});
