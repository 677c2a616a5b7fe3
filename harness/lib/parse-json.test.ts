import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test('a JSON text is read', () => {
  expect(parseJson('{"a":[1]}', 'a.json')).toEqual({ a: [1] });
});

test.each([
  ['{\n "name": "a",\n "why": "b"\n "x": 1\n}', /^a\.json, line [34], column \d+: it is not valid JSON$/],
  ['{"a": }', /^a\.json.*: it is not valid JSON$/],
  ['', /^a\.json.*: it is not valid JSON$/],
  ['{"a": "b', /^a\.json, line 1, column \d+: it is not valid JSON$/],
])('%j is refused with its place', (text, message) => {
  expect(() => parseJson(text, 'a.json')).toThrow(message);
});
