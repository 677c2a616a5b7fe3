import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { LineShape } from './line-shape.ts';
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

/** The values of the line that stands in the middle of others; undefined: the shape does not fit, or not all of it. */
const cutValues = (shape: LineShape, line: string, wanted: readonly unknown[]): readonly unknown[] | undefined => {
  const bytes = Buffer.from(`x\n${line}\nx`);
  const end = shape.cut(bytes, 2);
  // A newline may be generated in the line, which makes two lines.
  if (end !== bytes.length - 2) return undefined;
  return wanted.map((_, want) => shape.value(want));
};

describe('the values of a line, found without parsing', () => {
  test.prop(
    [rows, fc.array(scalar, { minLength: 1, maxLength: 6 }), fc.nat(), fc.constantFrom('', '"', '}', ' ', '0', ',')],
    {
      numRuns: 2000,
    },
  )('are those that JSON.parse gives, for lines of the same shape and for broken ones', (row, draws, at, odd) => {
    const sample = JSON.stringify(row);
    const shape = LineShape.of(sample, paths);
    if (shape === undefined) return;
    const like = JSON.stringify(changed(row, draws));
    const place = at % (like.length + 1);
    for (const line of [sample, like, like.slice(0, place) + odd + like.slice(place)]) {
      const cut = cutValues(shape, line, paths);
      if (cut === undefined) continue;
      const whole = parsedOr(line);
      expect(whole, line).toBeTypeOf('object');
      expect(cut, line).toEqual(paths.map((tokens) => getterOf(tokens)(whole)));
    }
  });

  const line = '{"ts": "10:00", "data": {"n": 5, "ok": true}, "list": ["x", 2], "text": "{}"}';
  const wanted = [['data', 'n'], ['ts'], ['list', '1'], ['absent'], ['data', 'ok'], ['text', 'n']];
  const shape = LineShape.of(line, wanted) as LineShape;
  const valuesOf = (text: string) => cutValues(shape, text, wanted);

  test('are found in lines with other strings and numbers', () => {
    expect(valuesOf(line)).toEqual([5, '10:00', 2, undefined, true, undefined]);
    const other = '{"ts": "", "data": {"n": -1.5e3, "ok": true}, "list": ["", 0], "text": "eyJuIjo3fQ=="}';
    expect(valuesOf(other)).toEqual([-1500, '', 0, undefined, true, 7]);
  });

  test.each([
    ['another constant', line.replace('true', 'false')],
    ['a null for a number', line.replace('5', 'null')],
    ['a text for a number', line.replace('5', '"5"')],
    ['a leading zero', line.replace('5', '05')],
    ['an escape that JSON has not', line.replace('10:00', 'a\\x41b')],
    ['half an escape', line.replace('10:00', 'a\\u00')],
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
    ['an escape in a name', '{"\\n":1}', [['a']]],
    ['no JSON', "{'a':'1'}", [['a']]],
  ])('a line has no shape if %s', (_, text, tokens) => {
    expect(LineShape.of(text, tokens)).toBeUndefined();
  });

  test('escapes and non-ASCII letters are decoded', () => {
    const text = JSON.stringify({ a: 'é "quoted"\\ \n', b: '{"n":7}', n: 1 });
    const other = LineShape.of(text, [['a'], ['b', 'n'], ['n']]) as LineShape;
    expect(cutValues(other, text, [0, 1, 2])).toEqual(['é "quoted"\\ \n', 7, 1]);
  });

  test('a carriage return and the end of the file also end a line', () => {
    expect(shape.cut(Buffer.from(`${line}\r\n`), 0)).toBe(line.length + 1);
    expect(shape.cut(Buffer.from(line), 0)).toBe(line.length);
  });
});
