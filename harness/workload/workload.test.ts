import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { digestOf } from '../model/digest.ts';
import { hashKeyOf } from '../model/hash-key.ts';
import { readIdentity } from './identity.ts';
import { spreadKeys } from './keys.ts';
import { partitionKeys, payloads } from './registry.ts';
import { type Outgoing, workloadOf } from './workload.ts';

const kinds = ['even', 'hot', 'vendorId', 'rideId'] as const;

const recordsOf = (
  seed: string,
  kind: (typeof kinds)[number],
  payload: { type: 'taxiRide' } | { type: 'bytes'; size: number },
) => {
  const { type, ...options } = payload;
  const random = seededRandom(`${seed}/keys`);
  const keys = partitionKeys[kind].make({})({ keys: 4, recordsPerKey: 6, prefix: 'p1-', random });
  return [...workloadOf({ run: 'r', seed, producer: 'p1', keys, payload: payloads[type].make(options) })];
};

const textOf = ({ key, n, data, digest }: Outgoing): string =>
  `${key} ${n} ${digest} ${Buffer.from(data).toString('latin1')}`;

describe('the workload', () => {
  test.prop([fc.string(), fc.constantFrom(...kinds)], { numRuns: 20 })(
    'is the same for the same seed, byte for byte',
    (seed, kind) => {
      const payload = { type: 'taxiRide' } as const;
      expect(recordsOf(seed, kind, payload).map(textOf)).toEqual(recordsOf(seed, kind, payload).map(textOf));
    },
  );

  test.prop([fc.string(), fc.constantFrom(...kinds)], { numRuns: 20 })(
    'counts n from 0 for each key, and every payload knows its record',
    (seed, kind) => {
      const counts = new Map<string, number>();
      for (const { key, n, data, digest } of recordsOf(seed, kind, { type: 'bytes', size: 120 })) {
        expect(n).toBe(counts.get(key) ?? 0);
        counts.set(key, n + 1);
        expect(readIdentity(data)).toEqual({ run: 'r', producer: 'p1', key, n });
        expect(digest).toBe(digestOf(data));
        expect(data.byteLength).toBe(120);
      }
      expect([...counts.values()].reduce((a, b) => a + b)).toBe(24);
    },
  );

  test('differs for another seed', () => {
    const [a, b] = ['1', '2'].map((seed) => recordsOf(seed, 'even', { type: 'taxiRide' }).map(textOf));
    expect(a).not.toEqual(b);
  });

  test('with a hot key gives it most of the records', () => {
    const keys = [
      ...partitionKeys.hot.make({ share: 0.9 })({
        keys: 10,
        recordsPerKey: 100,
        prefix: 'k',
        random: seededRandom('1'),
      }),
    ];
    const hot = Math.max(...[...new Set(keys)].map((key) => keys.filter((other) => other === key).length));
    expect(hot).toBeGreaterThan(850);
  });
});

describe('a taxi ride', () => {
  test.prop([fc.string()], { numRuns: 30 })('has the fields of the lab, in its ranges and formats', (seed) => {
    for (const { data } of recordsOf(seed, 'vendorId', { type: 'taxiRide' })) {
      const { _kinesisOrder, ...ride } = JSON.parse(Buffer.from(data).toString()) as Record<string, unknown>;
      expect(Object.keys(ride)).toEqual([
        'id',
        'vendorId',
        'pickupDate',
        'dropoffDate',
        'passengerCount',
        'pickupLongitude',
        'pickupLatitude',
        'dropoffLongitude',
        'dropoffLatitude',
        'storeAndFwdFlag',
        'gcDistance',
        'tripDuration',
        'googleDistance',
        'googleDuration',
      ]);
      expect(ride['id']).toMatch(/^id\d{7}$/);
      expect(ride['pickupDate']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
      expect(ride['pickupLongitude']).toMatch(/^-7[34]\.\d+$/);
      expect(ride['dropoffLatitude']).toMatch(/^40\.\d+$/);
      const minutes = (Date.parse(String(ride['dropoffDate'])) - Date.parse(String(ride['pickupDate']))) / 60_000;
      expect(minutes).toBeGreaterThan(28);
      expect(minutes).toBeLessThan(102);
      expect(ride['vendorId']).toBe(Number((_kinesisOrder as string[])[2]));
      expect(ride['googleDistance']).toBe(ride['gcDistance']);
      expect(ride['googleDuration']).toBe(ride['tripDuration']);
    }
  });
});

describe('plain bytes', () => {
  test('too small for the identity are refused with the size that would do', () => {
    expect(() => recordsOf('1', 'even', { type: 'bytes', size: 12 })).toThrow(
      /payload\.size: 12 bytes cannot hold the identity.*takes \d+/,
    );
  });
});

describe('spread keys', () => {
  const shardOf = (key: string, cuts: readonly bigint[]): number => cuts.filter((cut) => hashKeyOf(key) >= cut).length;

  test.prop(
    [fc.integer({ min: 8, max: 70 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 7 }), fc.string()],
    { numRuns: 100 },
  )('leave no stretch empty that is as wide as two of their parts', (count, shards, shard, seed) => {
    const keys = spreadKeys(count, 'k-', seededRandom(seed));
    expect(new Set(keys).size).toBe(count);
    const width = (1n << 128n) / BigInt(shards);
    const low = width * BigInt(shard % shards);
    const inShard = keys.filter((key) => hashKeyOf(key) >= low && hashKeyOf(key) < low + width);
    // Wherever it begins, a stretch of two parts holds one whole part, and so its key: a shard from 2 keys a shard on,
    // each half of it from 4 on.
    const parts = Math.min(count, 64);
    if (parts >= 2 * shards) expect(inShard.length).toBeGreaterThan(0);
    if (parts >= 4 * shards) expect(new Set(inShard.map((key) => shardOf(key, [low + width / 2n]))).size).toBe(2);
  });
});
