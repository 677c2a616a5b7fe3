import { expect, test } from 'vitest';
import type { EventBody } from '../model/event.ts';
import { hashKeyMax, hashKeyOf } from '../model/hash-key.ts';
import { OwnRecords } from './own-records.ts';

const half = (hashKeyMax + 1n) / 2n;
const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
const low = keys.find((key) => hashKeyOf(key) < half) ?? '';
const high = keys.find((key) => hashKeyOf(key) >= half) ?? '';
const slice = { index: 1, count: 2, group: 'g' };

const kept = (own: OwnRecords, shard: string, names: readonly string[]): readonly (string | undefined)[] => {
  const records = names.map((key, index) => ({ key, seq: String(index) }));
  const page: EventBody = { type: 'page', reader: 'final', chain: 1, shard, records };
  const told = own.of(page);
  return told.type === 'page' ? (told.records ?? []).map(({ key }) => key) : [];
};

test('on a shard of two slices, records and end markers of the other one are counted and left out', () => {
  const own = new OwnRecords(slice);
  own.learn([{ shard: 's', range: ['0', String(hashKeyMax)], parents: [], seq: ['0', null] }]);
  expect(kept(own, 's', [low, high, 'sentinel-s-slice-1', 'sentinel-s-slice-2'])).toEqual([low, 'sentinel-s-slice-1']);
  expect(own.others).toBe(2);
});

test('a record whose key does not lead to its shard is of no other slice, and stays', () => {
  const own = new OwnRecords(slice);
  own.learn([{ shard: 's', range: ['0', String(half - 1n)], parents: [], seq: ['0', null] }]);
  expect(kept(own, 's', [low, high])).toEqual([low, high]);
  expect(own.others).toBe(0);
});
