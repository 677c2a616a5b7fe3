import { describe, expect, test } from 'vitest';
import { type Found, keptOf } from './check.ts';

const found = (name: string): Found => ({
  kind: name,
  blame: null,
  tell: () => ({ sentence: '', evidence: {}, witness: [] }),
});
const kept = (room: { left: number }, ...names: readonly string[]): readonly unknown[] =>
  [...keptOf(room, names, found)].map(({ kind, times }) => (times === undefined ? kind : [kind, times]));

describe('findings that grow with the square of something', () => {
  test('are kept one by one while there is room', () => {
    const room = { left: 3 };
    expect(kept(room, 'a', 'b')).toEqual(['a', 'b']);
    expect(room.left).toBe(1);
    expect(kept(room)).toEqual([]);
    expect(kept(room, 'c')).toEqual(['c']);
    expect(room.left).toBe(0);
  });

  test('and counted in the last of them beyond that', () => {
    const room = { left: 1 };
    expect(kept(room, 'a', 'b', 'c')).toEqual(['a', ['c', 2]]);
    expect(kept(room, 'd', 'e')).toEqual([['e', 2]]);
    expect(kept(room, 'f')).toEqual([['f', 1]]);
  });
});
