import { expect, test } from 'vitest';
import { hashKeyOf } from '../../model/hash-key.ts';
import { Carriers } from './carriers.ts';

test('a carrier leads where its hash key says, else where MD5 of its key does, else nowhere', () => {
  const carriers = new Carriers();
  expect(carriers.hashOf({ key: 'a', hash: '12' })).toBe(12n);
  expect(carriers.hashOf({ key: '', hash: '0' })).toBe(0n);
  for (let turn = 0; turn < 2; turn += 1) expect(carriers.hashOf({ key: 'a' })).toBe(hashKeyOf('a'));
  expect(carriers.hashOf({ key: '' })).toBeUndefined();
});

test('it says the same of as many as there are', () => {
  const carriers = new Carriers();
  for (let turn = 0; turn < 2; turn += 1)
    for (let key = 0; key < 20_000; key += 1999)
      for (const name of [`${key}`, `more ${key}`]) expect(carriers.hashOf({ key: name })).toBe(hashKeyOf(name));
  for (let key = 0; key < 17_000; key += 1) carriers.hashOf({ key: `${key}` });
  expect(carriers.hashOf({ key: '16999' })).toBe(hashKeyOf('16999'));
});
