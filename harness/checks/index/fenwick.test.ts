import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Fenwick } from './fenwick.ts';

/** Records by where they are added, with distinct scores: the record itself, in another order. */
const added = fc
  .integer({ min: 1, max: 20 })
  .chain((size) =>
    fc.shuffledSubarray(Array.from({ length: size }, (_, at) => at)).map((places) => ({ size, places })),
  );

test.prop([
  added,
  fc.shuffledSubarray(
    Array.from({ length: 20 }, (_, at) => at),
    { minLength: 20 },
  ),
])('a prefix has as many records as were added to it, and the highest of them', ({ size, places }, scores) => {
  const tree = new Fenwick(size, (record) => scores[record] ?? 0);
  for (const [record, place] of places.entries()) tree.add(place, record);
  for (let end = 0; end <= size; end += 1) {
    const inside = [...places.entries()].filter(([, place]) => place < end).map(([record]) => record);
    const best = [...inside].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))[0] ?? -1;
    expect([tree.count(end), tree.best(end)]).toEqual([inside.length, best]);
  }
});

test('of equals the first one stays', () => {
  const tree = new Fenwick(2, () => 7);
  tree.add(1, 0);
  tree.add(1, 1);
  expect(tree.best(2)).toBe(0);
});
