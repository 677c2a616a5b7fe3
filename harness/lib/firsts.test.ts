import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Firsts } from './firsts.ts';

test.prop([fc.array(fc.nat({ max: 40 }))])('tells where each was met first', (all) => {
  const firsts = new Firsts();
  const said = all.map((one, index) => firsts.note(one, index));
  expect(said).toEqual(all.map((one, index) => (all.indexOf(one) === index ? -1 : all.indexOf(one))));
  for (let one = 0; one <= 41; one += 1) {
    expect(firsts.of(one)).toBe(all.indexOf(one));
    expect(firsts.has(one)).toBe(all.includes(one));
  }
});
