import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { OpOfCall } from './op-of-call.ts';

test.prop([fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 50 })])(
  'each call has its number, however they are numbered',
  (ops) => {
    const numbers = new OpOfCall();
    for (const [index, op] of ops.entries()) numbers.note(index, op);
    expect(ops.map((_, index) => numbers.of(index))).toEqual(ops);
  },
);

test('the number of a call is not known any more where too many do not count up', () => {
  const numbers = new OpOfCall();
  for (let index = 0; index < 65_536; index += 1) numbers.note(index, index * 2);
  expect(numbers.of(0)).toBeUndefined();
});
