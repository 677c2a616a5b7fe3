import { describe, expect, test } from 'vitest';
import { limbsPer } from '../../model/sequences.ts';
import { EarlyRead, EarlyReads } from './early-reads.ts';

const limbs = Int32Array.from({ length: 2 * limbsPer }, (_, at) => at);
const read = (shard: number): EarlyRead =>
  new EarlyRead(limbs, limbsPer, { shard, sub: 0, arrival: 7, isFirst: true, isAgain: false });

describe('a record that was read before it was acknowledged', () => {
  test('lies at one place', () => {
    const { isFirst, arrival } = read(3);
    expect([isFirst, arrival]).toEqual([true, 7]);
    expect(read(3).isAt(3, limbs, limbsPer)).toBe(true);
    expect(read(3).isAt(4, limbs, limbsPer)).toBe(false);
    expect(read(3).isAt(3, limbs, 0)).toBe(false);
  });

  test('is taken once, and leaves its small number to the next', () => {
    const reads = new EarlyReads();
    const made = [0, 1, 2].map(read);
    expect(made.map((one) => reads.add(one))).toEqual([0, 1, 2]);
    expect(reads.take(1)).toBe(made[1]);
    const next = read(4);
    expect([reads.add(next), reads.take(1), reads.take(2), reads.take(0)]).toEqual([1, next, made[2], made[0]]);
  });
});
