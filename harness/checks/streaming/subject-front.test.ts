import { test as prop } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limbsPer, SequenceParts } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';
import { GivenSums, SubjectFront } from './subject-front.ts';

const limbsOf = (seq: number): Int32Array => {
  const parts = new SequenceParts();
  parts.read(String(seq));
  return parts.limbs;
};
const deliver = (front: SubjectFront, seq: number, line: number) => front.deliver(limbsOf(seq), 0, line);

describe('what a consumer was given of a shard', () => {
  it('ascends, and so do the records that it has done and its checkpoints', () => {
    const front = new SubjectFront();
    expect([deliver(front, 3, 10), deliver(front, 5, 10), deliver(front, 9, 12)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(front.given).toMatchObject({ count: 3, firstLine: 10, lastLine: 12 });
    expect([front.finish(limbsOf(3), 13), front.checkpoint(limbsOf(4)), front.checkpoint(limbsOf(4))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(front.finish(limbsOf(5), 14)).toBeUndefined();
    expect(front.done.isSame(front.given)).toBe(false);
    expect(front.finish(limbsOf(9), 15)).toBeUndefined();
    expect(front.done.isSame(front.given)).toBe(true);
  });

  it.each<[string, (front: SubjectFront) => string | undefined]>([
    ['was given a record again', (front) => deliver(front, 5, 11)],
    ['done before it was delivered', (front) => front.finish(limbsOf(6), 11)],
    ['in another order, or twice', (front) => front.finish(limbsOf(5), 11) ?? front.finish(limbsOf(3), 11)],
    ['after a checkpoint behind it', (front) => front.checkpoint(limbsOf(5)) ?? front.finish(limbsOf(5), 11)],
    ['ahead of what was delivered', (front) => front.checkpoint(limbsOf(6))],
    ['goes back', (front) => front.checkpoint(limbsOf(5)) ?? front.checkpoint(limbsOf(4))],
    ['behind the last checkpoint', (front) => (front.close(), deliver(front, 6, 11))],
    ['after a checkpoint behind it', (front) => (front.close(), front.finish(limbsOf(5), 11))],
    ['goes back', (front) => (front.close(), front.checkpoint(limbsOf(5)))],
    ['several workers', (front) => front.own('w1') ?? front.own(undefined) ?? front.own('w2')],
  ])('is not plain: %s', (why, deed) => {
    const front = new SubjectFront();
    for (const seq of [3, 5]) expect(deliver(front, seq, 10)).toBeUndefined();
    expect(deed(front)).toContain(why);
  });
});

type Given = { readonly seq: number; readonly flow: number; readonly n: number; readonly digest: number | undefined };

const sumsOf = (records: readonly Given[], isNamed = true): GivenSums => {
  const sums = new GivenSums();
  for (const { seq, flow, n, digest } of records) {
    const record: Delivered = {
      flow,
      n,
      sub: 0,
      hasDigest: digest === undefined ? 0 : 1,
      high: digest ?? 0,
      low: digest ?? 0,
      arrival: Number.NaN,
    };
    sums.add(limbsOf(seq), 0, record, isNamed);
  }
  return sums;
};

const records = fc
  .uniqueArray(fc.record({ seq: fc.nat(999), flow: fc.nat(3), n: fc.nat(9), digest: fc.nat(99) }), {
    selector: ({ seq }) => seq,
    minLength: 1,
    maxLength: 20,
  })
  .map((list): readonly Given[] => list);
const without = (given: readonly Given[]): readonly Given[] => given.map((one) => ({ ...one, digest: undefined }));

describe('sums of what consumers and readers were given', () => {
  prop.prop([records])('agree for the same records, as far as both tell', (given) => {
    for (const own of [given, given.toReversed(), without(given)])
      for (const isNamed of [true, false]) {
        expect(sumsOf(own, isNamed).agreesWith(sumsOf(given))).toBe(true);
        expect(sumsOf(own, isNamed).agreesWith(sumsOf(without(given)))).toBe(true);
      }
  });

  prop.prop([records, fc.nat(), fc.constantFrom<keyof Given>('seq', 'flow', 'n', 'digest')])(
    'do not agree where one record differs in what both tell, or is missing',
    (given, at, field) => {
      const other = given.map((one, index) =>
        index === at % given.length ? { ...one, [field]: (one[field] ?? 0) + 1000 } : one,
      );
      const isToldOnlyByName = field === 'flow' || field === 'n';
      expect(sumsOf(other).agreesWith(sumsOf(given))).toBe(false);
      expect(sumsOf(other, false).agreesWith(sumsOf(given))).toBe(isToldOnlyByName);
      expect(sumsOf(without(other), false).agreesWith(sumsOf(given))).toBe(field !== 'seq');
      expect(sumsOf(given.slice(1)).agreesWith(sumsOf(given))).toBe(false);
    },
  );

  it('do not agree where only some records tell of themselves', () => {
    const one: Given = { seq: 1, flow: 0, n: 0, digest: 7 };
    const two: Given = { seq: 2, flow: 0, n: 1, digest: undefined };
    expect(sumsOf([one, two]).agreesWith(sumsOf([one, { ...two, digest: 8 }]))).toBe(false);
    const some = sumsOf([one]);
    some.add(limbsOf(2), 0, { flow: 0, n: 1, sub: 0, hasDigest: 1, high: 8, low: 8, arrival: 0 }, false);
    expect(some.agreesWith(sumsOf([one, { ...two, digest: 8 }]))).toBe(false);
    expect(limbsOf(1)).toHaveLength(limbsPer);
  });
});
