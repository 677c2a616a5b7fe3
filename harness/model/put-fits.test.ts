import { describe, expect, test } from 'vitest';
import { limitsOf } from './limits.ts';
import { malformed, type PutRecordInput, sizeOf, unsendable } from './put-fits.ts';

const aws = limitsOf('aws');
const refusalOf = (record: unknown): string | undefined => unsendable(record as PutRecordInput, aws)?.message;
const data = (bytes: number): Uint8Array => new Uint8Array(bytes);

describe('a record on its way', () => {
  test('counts its data and its key in UTF-8', () => {
    for (const key of ['a', 'é', '𝄞', 'x'.repeat(65), 'é'.repeat(65), 'a\u0301'])
      expect(sizeOf({ key, data: data(7) })).toBe(7 + Buffer.byteLength(key));
  });

  test.each<[string, unknown]>([
    ['a key of one character and no data', { key: 'k', data: data(0) }],
    ['a key of 256 characters', { key: 'k'.repeat(256), data: data(1) }],
    ['exactly the bytes of a record', { key: 'é', data: data(1_048_574) }],
    ['the lowest hash key', { key: 'k', data: data(1), hash: '0' }],
    ['the highest hash key', { key: 'k', data: data(1), hash: String((1n << 128n) - 1n) }],
  ])('goes with %s', (_, record) => {
    expect(refusalOf(record)).toBeUndefined();
  });

  test.each<[unknown, string]>([
    [undefined, 'record without a partition key: key is undefined'],
    [{ data: data(1) }, 'record without a partition key: key is undefined'],
    [{ key: 7, data: data(1) }, 'record without a partition key: key is number'],
    [{ key: '', data: data(1) }, 'record "": a partition key has at least 1 character'],
    [{ key: 'k'.repeat(257), data: data(1) }, '257 characters, the limit is 256 (keyCharacters)'],
    [{ key: 'k', data: 'text' }, 'record "k": data is string, not bytes'],
    [{ key: 'k', data: null }, 'record "k": data is object, not bytes'],
    [{ key: 'é', data: data(1_048_575) }, 'record "é": 1048577 bytes with its key, the limit is 1048576 (recordBytes)'],
    [
      { key: 'k', data: data(1), hash: String(1n << 128n) },
      'record "k": explicit hash key "340282366920938463463374607431768211456"',
    ],
    [{ key: 'k', data: data(1), hash: '-1' }, 'record "k": explicit hash key "-1" is not a decimal number'],
    [{ key: 'k', data: data(1), hash: '007' }, 'record "k": explicit hash key "007" is not a decimal number'],
    [{ key: 'k', data: data(1), hash: 7 }, 'record "k": explicit hash key is number'],
  ])('is refused by name and limit (%#)', (record, words) => {
    expect(refusalOf(record)).toContain(words);
  });

  test('is named by the beginning of its key, where that is long', () => {
    const named = (key: string): string | undefined => refusalOf({ key, data: data(2_000_000) });
    expect(named('k'.repeat(300))).toContain(`record "${'k'.repeat(300)}":`);
    expect(named('k'.repeat(301))).toContain(`record "${'k'.repeat(300)}…":`);
    expect(unsendable({ key: '', data: data(1) }, aws)).toMatchObject({
      code: 'usage',
      hint: 'it was not sent; the other records were',
    });
  });

  test.each(['', '1a', 'a1', '00', '1 '])('is refused with the hash key %j', (hash) => {
    expect(refusalOf({ key: 'k', data: data(1), hash })).toContain('is not a decimal number from 0 to 2^128-1');
  });

  test('is refused as none where it is not even one', () => {
    for (const record of [null, 7]) expect(refusalOf(record)).toBe('record without a partition key: key is undefined');
    expect(malformed({ key: 'k', data: data(1), hash: undefined })).toBeUndefined();
    expect(malformed({ key: 'k', data: data(1), hash: 7 })?.message).toContain('not decimal digits in a text');
    for (const record of [{}, { key: 'k' }, { key: 'k', data: data(1), hash: 7 }])
      expect(malformed(record)?.code).toBe('usage');
  });

  test('is held against the request where that is the smaller', () => {
    const refused = unsendable({ key: 'k', data: data(100) }, { ...aws, requestBytes: 100 });
    expect(refused?.message).toContain('101 bytes with its key, the limit is 100 (requestBytes)');
  });
});
