import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { decodeNumbers, encodeNumbers } from './codec.ts';

describe('columns as bytes', () => {
  test('small steps take one byte each', () => {
    expect(encodeNumbers([1, 2, 3, 3, -1]).length).toBe(5);
  });

  const whole = fc.integer({ min: -1, max: 2 ** 51 });
  test.prop([fc.array(whole)])('come back as they were', (values) => {
    expect([...decodeNumbers(encodeNumbers(values), new Float64Array(values.length))]).toEqual(values);
  });
});
