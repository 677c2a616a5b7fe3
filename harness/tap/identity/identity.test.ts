import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { headIdentity, identifierOf } from './identify.ts';
import { parseIdentity } from './parse.ts';
import { re } from './spec.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-identity-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const idOf = async (spec: string, payload: string, key = 'k'): Promise<unknown> =>
  (await identifierOf(parseIdentity(spec), folder))?.(Buffer.from(payload), key);

describe('json', () => {
  test.each([
    ['json:/seq', '{"seq":7}', { n: 7 }],
    ['json:/seq', ' {"seq":"0012"}\n', { n: 12 }],
    ['json:/a~1b/0', '{"a/b":[5]}', { n: 5 }],
    ['json:/order/version,key=/order/id', '{"order":{"id":"o1","version":3}}', { n: 3, key: 'o1' }],
    ['json:/n,producer=/by', '{"n":0,"by":4}', { n: 0, producer: '4' }],
    ['json:/n,key=/k', '{"n":1}', undefined],
    ['json:/seq', '{"seq":-1}', undefined],
    ['json:/seq', '{"seq":1.5}', undefined],
    ['json:/seq', '{"seq":9007199254740993}', undefined],
    ['json:/seq', '{"seq":"18446744073709551615"}', undefined],
    ['json:/__proto__', '{}', undefined],
    ['json:/seq', 'no json', undefined],
    ['json:/seq', '', undefined],
  ])('%s of %j', async (spec, payload, expected) => {
    expect(await idOf(spec, payload)).toEqual(expected);
  });

  test('only counter, first and scope go into the head', () => {
    expect(headIdentity(parseIdentity('json:/seq,counter=dense,first=1,scope=key'))).toEqual({
      from: 'json',
      counter: 'dense',
      first: 1,
      scope: 'key',
    });
    expect(headIdentity(parseIdentity('json:/secret/path'))).toEqual({ from: 'json' });
    expect(headIdentity(parseIdentity('none'))).toEqual({ from: 'none' });
  });
});

describe('re', () => {
  test.each([
    ['re:#(?<n>\\d+)', 'paid #12 of o1', { n: 12 }],
    ['re:(?<key>o\\d+) #(?<n>\\d+)(?: by (?<producer>\\w+))?', 'o1 #3', { n: 3, key: 'o1' }],
    ['re:(?<key>o\\d+) #(?<n>\\d+)(?: by (?<producer>\\w+))?', 'o1 #3 by p', { n: 3, key: 'o1', producer: 'p' }],
    ['re:#(?<n>\\d+)', 'none', undefined],
    ['re:#(?<n>\\w+)', '#abc', undefined],
  ])('%s of %j', async (spec, payload, expected) => {
    expect(await idOf(spec, payload)).toEqual(expected);
  });
});

describe('module', () => {
  test('gets payload and key; an invalid result is reported without its values', async () => {
    const write = (name: string, text: string) => writeFile(join(folder, name), text);
    await write('good.mjs', 'export default (payload, key) => ({ n: payload.length, key });');
    await write('bad.ts', 'export const identify = () => ({ n: "secret", key: 1 });');
    await write('empty.mjs', 'export const other = 1;');
    expect(await idOf('module:./good.mjs', 'four', 'k')).toEqual({ n: 4, key: 'k' });
    await expect(idOf('module:./bad.ts', 'x')).rejects.toThrow('got { n: string, key: number }');
    await expect(idOf('module:./empty.mjs', 'x')).rejects.toThrow('it exports no function');
    await expect(idOf('module:./none.mjs', 'x')).rejects.toThrow('--id module:');
  });
});

test.each([
  ['seq', /is not understood/],
  ['json:seq', /JSON Pointer/],
  ['json:/seq,flow=/x', /"flow=\/x" is not understood/],
  ['json:/seq,counter=thick', /counter/],
  ['re:(', /Invalid regular expression/],
  ['re:x', /has no group n/],
])('--id %s is refused', (spec, words) => {
  expect(() => parseIdentity(spec)).toThrow(words);
});

describe('re() in a scenario', () => {
  test.each([/(?<n>\d+)/, /(?<n>\d+)/g, /(?<n>\d+)/u, /(?<n>\d+)/d])('%s keeps its pattern', (pattern) => {
    expect(re(pattern)).toEqual({ from: 're', pattern: '(?<n>\\d+)' });
  });

  test.each([
    [/Seq=(?<n>\d+)/i, 'i'],
    [/a.(?<n>\d+)/s, 's'],
    [/^(?<n>\d+)/gm, 'm'],
    [/(?<n>\d+)/y, 'y'],
    [/Seq=(?<n>\d+)/iu, 'i'],
  ])('%s is refused, because its flag would be lost', (pattern, lost) => {
    expect(() => re(pattern)).toThrow(`identity re(${pattern}): the flags "${lost}" cannot be kept`);
  });
});
