import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { align, heaviestAscent, type Item } from './align.ts';

const items = (names: string, weights: Readonly<Record<string, number>> = {}): readonly Item[] =>
  names.split('').map((name) => ({ name, under: [], weight: weights[name] ?? 1 }));

describe('columns for tracks', () => {
  test('what kept its order stands straight, and what moved has a column of its own', () => {
    const { columns, at } = align([items('abcde'), items('acdbe')]);
    expect(at).toEqual([
      [0, 1, 2, 3, 5],
      [0, 2, 3, 4, 5],
    ]);
    expect(columns).toBe(6);
  });

  test('a later track stands under the one above it', () => {
    const { at } = align([items('ab'), items('ba'), items('ba')]);
    expect(at[2]).toEqual(at[1]);
  });

  test('of two that changed places the lighter one moves', () => {
    expect(align([items('ab'), items('ba', { a: 0.5 })]).at).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(align([items('ab'), items('ba', { b: 0.5 })]).at).toEqual([
      [1, 2],
      [0, 1],
    ]);
  });

  test('an item stands under what it is another name of', () => {
    const { at } = align([items('ab'), [{ name: 'x', under: ['b'], weight: 1 }]]);
    expect(at).toEqual([[0, 1], [1]]);
  });

  const permutation = fc
    .integer({ min: 1, max: 12 })
    .chain((size) => fc.shuffledSubarray([...Array(size).keys()], { minLength: size }));

  test.prop([permutation, permutation])(
    'every track keeps its own order, and no two of its items share a column',
    (a, b) => {
      const tracks = [a, b].map((track) => track.map((n) => ({ name: `${n}`, under: [], weight: 1 })));
      for (const track of align(tracks).at)
        for (const [index, column] of track.entries())
          if (index > 0) expect(column).toBeGreaterThan(track[index - 1] ?? 0);
    },
  );

  test.prop([fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 9 })])('no ascent is heavier', (values) => {
    const chosen = [
      ...heaviestAscent(
        values,
        values.map(() => 1),
      ),
    ].length;
    let most = 0;
    for (let set = 0; set < 2 ** values.length; set += 1) {
      const picked = values.filter((_, index) => (set >> index) & 1);
      if (picked.every((value, index) => value >= 0 && (index === 0 || value > (picked[index - 1] ?? 0))))
        most = Math.max(most, picked.length);
    }
    expect(chosen).toBe(most);
  });
});
