import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { DigestParts, Digests } from './digests.ts';
import { SequenceParts, Sequences } from './sequences.ts';

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

  test.prop([fc.bigInt({ min: 0n, max: 10n ** 60n - 1n })])('tell their low 32 bits', (number) => {
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
