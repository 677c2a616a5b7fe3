import { expect, test } from 'vitest';
import { limbsPer } from '../../model/sequences.ts';
import { Sample } from './sample.ts';

test('two records of the first flow of which two were read are kept, and no end marker', () => {
  const sample = new Sample();
  const limbs = Int32Array.from({ length: 4 * limbsPer }, (_, at) => at);
  const note = (index: number, flow: number, n: number, isMarker = false): void =>
    sample.note(limbs, index * limbsPer, { flow, n, hasDigest: 0, high: 0, low: 0, arrival: 0 }, 10 + index, isMarker);
  note(0, 9, 0, true);
  note(1, 9, 1, true);
  note(1, 200, 0);
  note(2, 3, 0);
  expect(sample.isWanted).toBe(true);
  note(3, 200, 1);
  expect(sample.isWanted).toBe(false);
  expect(sample.kept).toEqual(
    [
      [1, 0],
      [3, 1],
    ].map(([index = 0, n]) => ({
      flow: 200,
      n,
      shard: 10 + index,
      limbs: limbs.slice(index * limbsPer, (index + 1) * limbsPer),
    })),
  );
});
