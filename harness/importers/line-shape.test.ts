import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { CutRow, LineShape } from './line-shape.ts';
import { getterOf } from './path.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('{"n":7}', 'eyJuIjo3fQ==', '', '"', '\\', '\t', '49660'),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const name = fc.oneof(fc.constantFrom('a', 'b', 'n', 'length', '__proto__', 'c d'), fc.string({ maxLength: 3 }));
const { row: rows } = fc.letrec<{ value: Json; row: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }) as fc.Arbitrary<Json>,
  ),
  row: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 5 }) as fc.Arbitrary<Json>,
}));

/** The same shape with other texts and numbers, now and then with something else. */
const changed = (value: Json, draws: readonly Json[]): Json => {
  let count = 0;
  const next = (): Json => draws[count++ % draws.length] ?? 1;
  const walk = (one: Json): Json => {
    if (typeof one === 'string' || typeof one === 'number') return next();
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one as object).map(([key, inner]) => [key, walk(inner as Json)]));
  };
  return walk(value);
};

const paths = [
  ['a'],
  ['b'],
  ['n'],
  ['a', 'n'],
  ['b', 'n'],
  ['a', 'b'],
  ['a', '0'],
  ['a', 'length'],
  ['c d'],
  ['n', 'a', 'b'],
];

const parsedOr = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

describe('the values of a cut line', () => {
  test.prop(
    [rows, fc.array(scalar, { minLength: 1, maxLength: 6 }), fc.nat(), fc.constantFrom('', '"', '}', ' ', '0', ',')],
    {
      numRuns: 2000,
    },
  )('are those that JSON.parse gives, for lines of the same shape and for broken ones', (row, draws, at, odd) => {
    const sample = JSON.stringify(row);
    const shape = LineShape.of(sample, JSON.parse(sample), paths);
    if (shape === undefined) return;
    const like = JSON.stringify(changed(row, draws));
    const place = at % (like.length + 1);
    for (const line of [sample, like, like.slice(0, place) + odd + like.slice(place)]) {
      const cut = shape.cut(line);
      if (cut === undefined) continue;
      const whole = parsedOr(line);
      expect(whole, line).toBeTypeOf('object');
      expect(cut.values, line).toEqual(paths.map((tokens) => getterOf(tokens)(whole)));
    }
  });

  const line = '{"ts": "10:00", "data": {"n": 5, "ok": true}, "list": ["x", 2], "text": "{}"}';
  const wanted = [['data', 'n'], ['ts'], ['list', '1'], ['absent'], ['data', 'ok'], ['text', 'n']];
  const valuesOf = (text: string) => LineShape.of(line, JSON.parse(line), wanted)?.cut(text)?.values;

  test('texts and numbers may differ', () => {
    expect(valuesOf(line)).toEqual([5, '10:00', 2, undefined, true, undefined]);
    const other = '{"ts": "", "data": {"n": -1.5e3, "ok": true}, "list": ["", 0], "text": "eyJuIjo3fQ=="}';
    expect(valuesOf(other)).toEqual([-1500, '', 0, undefined, true, 7]);
  });

  test.each([
    ['another constant', line.replace('true', 'false')],
    ['a null for a number', line.replace('5', 'null')],
    ['a text for a number', line.replace('5', '"5"')],
    ['a leading zero', line.replace('5', '05')],
    ['an escape', line.replace('10:00', 'a\\"b')],
    ['a control character', line.replace('10:00', 'a\tb')],
    ['a longer list', line.replace('2]', '2,3]')],
    ['another field', line.replace('"ts"', '"tt"')],
    ['something behind', `${line} x`],
    ['a cut line', line.slice(0, -1)],
  ])('%s is left to JSON.parse', (_, text) => {
    expect(valuesOf(text)).toBeUndefined();
  });

  test.each([
    ['an object is wanted', '{"a":{"b":1}}', [['a']]],
    ['a name stands twice', '{"a":1,"a":2}', [['a']]],
    ['an escape', '{"a":"\\n"}', [['a']]],
  ])('no shape where %s', (_, text, tokens) => {
    expect(LineShape.of(text, JSON.parse(text), tokens)).toBeUndefined();
  });

  test('a row is filled anew', () => {
    const shape = LineShape.of(line, JSON.parse(line), wanted);
    expect(shape?.cut(line)).toBeInstanceOf(CutRow);
    expect(shape?.cut(line)).toBe(shape?.cut(line.replace('5', '6')));
  });
});
