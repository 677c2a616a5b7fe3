import { describe, expect, test } from 'vitest';
import { alike } from './alike.ts';

const said = (...pairs: readonly (readonly [scenario: string, text: string])[]) =>
  alike(pairs.map(([scenario, text]) => ({ scenario, text })));

describe('what is said of several scenarios', () => {
  test('is said once, with its findings added up', () => {
    expect(
      said(['a', 'x: 1 finding known of it'], ['b', 'x: 1,024 findings known of it'], ['b', 'y: 2 findings allowed']),
    ).toEqual([
      { text: 'x: 1,025 findings known of it', scenarios: ['a', 'b'] },
      { text: 'y: 2 findings allowed', scenarios: ['b'] },
    ]);
  });

  test('is kept as it is where it counts no findings, and where it is said once', () => {
    expect(said(['a', 'the reader fell behind 3 times'], ['a', 'z: 1 finding of kind retry'])).toEqual([
      { text: 'the reader fell behind 3 times', scenarios: ['a'] },
      { text: 'z: 1 finding of kind retry', scenarios: ['a'] },
    ]);
  });
});
