import { describe, expect, test } from 'vitest';
import { hasPlausibleTimes, isOfAnother, shardIndex } from './encoding.ts';

/**
 * A number as engines of the kinesalite family write it: the creation of the shard, then, behind sixteen digits, the
 * time of the record.
 */
const seq = (created: number, recorded: number, first = '2', more = ''): string =>
  String(
    BigInt(
      `0x${first}${created.toString(16).padStart(9, '0')}${'0'.repeat(19)}${recorded.toString(16).padStart(9, '0')}${'0'.repeat(9)}${more}`,
    ),
  );
const now = 1_795_420_800;

describe('a number that may encode its shard', () => {
  test('holds two times that are no accident', () => {
    expect(hasPlausibleTimes(seq(now, now))).toBe(true);
    expect(hasPlausibleTimes(seq(now, 1_262_304_001))).toBe(true);
    expect(hasPlausibleTimes(seq(4_102_444_799, now))).toBe(true);
  });

  test.each([
    ['another first digit', seq(now, now, '3')],
    ['a digit more', seq(now, now, '2', '0')],
    ['a digit less', seq(now, now, '')],
    ['a shard made before 2010', seq(1_262_304_000, now)],
    ['a record from before 2010', seq(now, 1_262_304_000)],
    ['a shard made after 2099', seq(4_102_444_800, now)],
    ['a record from after 2099', seq(now, 4_102_444_800)],
    ['nothing', '0'],
  ])('not with %s', (_, number) => {
    expect(hasPlausibleTimes(number)).toBe(false);
  });

  test('is of another shard where it says an index that a shard may have, and not this one', () => {
    expect(isOfAnother(1, 0)).toBe(true);
    expect(isOfAnother(99_999, 0)).toBe(true);
    expect(isOfAnother(100_000, 0)).toBe(false);
    expect(isOfAnother(1, 1)).toBe(false);
    expect(isOfAnother(1, undefined)).toBe(false);
  });

  test('is asked of shards with a number in their names', () => {
    expect(shardIndex('shardId-000000000012')).toBe(12);
    for (const name of ['shardId-12', 'xshardId-000000000012', 'shardId-000000000012x', ''])
      expect(shardIndex(name)).toBe(undefined);
  });
});
