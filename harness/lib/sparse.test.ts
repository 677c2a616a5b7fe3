import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Sparse, SparseNames } from './sparse.ts';

test.prop([fc.array(fc.tuple(fc.nat({ max: 100 }), fc.integer()))])('says what a map says', (all) => {
  const [sparse, map] = [new Sparse(), new Map<number, number>()];
  for (const [index, value] of all) {
    sparse.set(index, value);
    map.set(index, value);
    expect(sparse.size).toBe(map.size);
  }
  for (let index = -1; index <= 102; index += 1) {
    expect(sparse.get(index)).toBe(map.get(index));
    expect(sparse.has(index)).toBe(map.has(index));
  }
  expect([...sparse]).toEqual([...map].sort(([a], [b]) => a - b));
});

test.prop([fc.array(fc.tuple(fc.nat({ max: 20 }), fc.constantFrom('a', 'b', '')))])('texts, as a map says', (all) => {
  const [sparse, map] = [new SparseNames(), new Map<number, string>()];
  for (const [index, name] of all) {
    sparse.set(index, name);
    map.set(index, name);
  }
  expect(sparse.size).toBe(map.size);
  for (let index = 0; index <= 21; index += 1) {
    expect(sparse.get(index)).toBe(map.get(index));
    expect(sparse.has(index)).toBe(map.has(index));
  }
});
