import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { PutRecordInput } from '../model/put-fits.ts';
import { decodeAggregate, encodeAggregate } from '../workload/aggregation.ts';
import { createAggregator } from './aggregator.ts';

const plain = (records: readonly PutRecordInput[]): unknown =>
  records.map(({ key, hash, data }) => [key, hash, Buffer.from(data).toString('hex')]);

const record = fc.record(
  {
    key: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    data: fc.uint8Array({ minLength: 1, maxLength: 300 }),
    hash: fc.constantFrom('0', '17', '340282366920938463463374607431768211455'),
  },
  { requiredKeys: ['key', 'data'] },
);
const records = fc.array(record, { minLength: 1, maxLength: 40 });

describe('the aggregator', () => {
  const shardOf = ({ key }: PutRecordInput): string => `s${key.length % 3}`;

  test.prop([records, fc.integer({ min: 60, max: 2000 }), fc.integer({ min: 1, max: 9 })])(
    'keeps order, sizes, counts and shards, and loses nothing',
    (all, bytesMax, countMax) => {
      const aggregator = createAggregator<PutRecordInput>({ bytesMax, countMax, shardOf });
      const out = [...all.flatMap((one) => aggregator.add(one, 0)), ...aggregator.flush()];
      for (const shard of new Set(all.map(shardOf)))
        expect(out.flatMap(({ users }) => users).filter((user) => shardOf(user) === shard)).toEqual(
          all.filter((user) => shardOf(user) === shard),
        );
      for (const { users, isAggregated, data, key } of out) {
        expect(users.length).toBeLessThanOrEqual(countMax);
        expect(new Set(users.map(shardOf)).size).toBe(1);
        expect(isAggregated).toBe(users.length > 1);
        if (!isAggregated) continue;
        expect(data.byteLength).toBeLessThanOrEqual(bytesMax);
        expect(key).toBe('a');
        expect(plain(decodeAggregate(data) ?? [])).toEqual(plain(users));
      }
    },
  );

  test('fills an aggregate to the byte', () => {
    const all = [1, 2, 3].map((n) => ({ key: 'ride', data: Buffer.alloc(n) }));
    const bytes = encodeAggregate(all).byteLength;
    const sizes = (bytesMax: number): readonly number[] => {
      const aggregator = createAggregator<PutRecordInput>({ bytesMax, shardOf });
      return [...all.flatMap((one) => aggregator.add(one, 0)), ...aggregator.flush()].map(({ users }) => users.length);
    };
    expect(sizes(bytes)).toEqual([3]);
    expect(sizes(bytes - 1)).toEqual([2, 1]);
  });

  test('sends plain what no map predicts, behind what waits', () => {
    const aggregator = createAggregator<PutRecordInput>({ shardOf: ({ key }) => (key === 'x' ? undefined : key) });
    aggregator.add({ key: 'y', data: Buffer.alloc(1) }, 0);
    expect(aggregator.add({ key: 'x', data: Buffer.alloc(1) }, 0).map(({ key }) => key)).toEqual(['y', 'x']);
  });

  test('closes an aggregate by the age of its oldest record, and says how old that is', () => {
    const aggregator = createAggregator<PutRecordInput>({ maxBufferedMs: 5, shardOf: ({ key }) => key });
    expect(aggregator.dueMs()).toBeUndefined();
    aggregator.add({ key: 'y', data: Buffer.alloc(1) }, 7);
    aggregator.add({ key: 'x', data: Buffer.alloc(1) }, 9);
    aggregator.add({ key: 'y', data: Buffer.alloc(1) }, 10);
    expect([aggregator.dueMs(), aggregator.tick(11)]).toEqual([12, []]);
    expect(aggregator.tick(12)).toMatchObject([{ users: [{ key: 'y' }, { key: 'y' }], sinceMs: 7 }]);
    expect(aggregator.dueMs()).toBe(14);
  });

  test.prop([fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 5000 })])(
    'closes at the time that it says, whatever fractions come to: whoever waits for it would wait for ever',
    (k, rate) => {
      for (const maxBufferedMs of [0.001, 5, 100]) {
        const aggregator = createAggregator<PutRecordInput>({ maxBufferedMs, shardOf });
        aggregator.add({ key: 'y', data: Buffer.alloc(1) }, (k / rate) * 1000);
        expect(aggregator.tick(aggregator.dueMs() ?? 0)).toHaveLength(1);
      }
    },
  );

  test('refuses sizes and counts that are none', () => {
    expect(() => createAggregator({ countMax: 0, shardOf })).toThrow(/aggregator\.countMax: 0/);
    expect(() => createAggregator({ bytesMax: -1, shardOf })).toThrow(/aggregator\.bytesMax: -1/);
    expect(() => createAggregator({ maxBufferedMs: 0, shardOf })).toThrow(/aggregator\.maxBufferedMs: 0/);
  });
});
