import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { limitsOf } from '../model/limits.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { ProducerTools } from './producer.ts';
import { producers } from './registry.ts';
import { shardPace } from './shard-pace.ts';

/** Time passes only while somebody sleeps, and then a little more than was asked for. */
const virtualClock = (lateMs = 0) => {
  let nowMs = 0;
  return {
    now: () => Math.round(nowMs * 1000),
    wallMs: () => nowMs,
    sleep: (ms: number) => Promise.resolve(void (nowMs += ms + lateMs)),
  };
};

const map = { shardOf: ({ key }: { readonly key: string }): string | undefined => (key === '?' ? undefined : key) };
const { signal } = new AbortController();
const record = (key: string, bytes: number): PutRecordInput => ({ key, data: new Uint8Array(bytes - 1) });
const calls = fc.array(
  fc.array(fc.tuple(fc.constantFrom('a', 'b', '?'), fc.integer({ min: 1, max: 900 })), { minLength: 1, maxLength: 30 }),
  { minLength: 1, maxLength: 25 },
);

describe('the pace of shards', () => {
  test.prop([calls, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 20_000 }), fc.nat({ max: 3 })])(
    'keeps records and bytes of each shard to their rate in any stretch, but for one call',
    async (all, records, bytes, lateMs) => {
      const clock = virtualClock(lateMs);
      const leave = shardPace({ rate: { records, bytes }, map, clock, signal });
      const left: { readonly atMs: number; readonly call: readonly PutRecordInput[] }[] = [];
      for (const entries of all) {
        const call = entries.map(([key, size]) => record(key, size));
        await leave(call);
        left.push({ atMs: clock.now() / 1000, call });
      }
      for (const shard of ['a', 'b', '?'])
        for (const [costOf, rate] of [
          [() => 1, records],
          [({ data }: PutRecordInput) => data.byteLength + 1, bytes],
        ] as const) {
          const costs = left.map(({ call }) =>
            call.filter(({ key }) => key === shard).reduce((sum, one) => sum + costOf(one), 0),
          );
          for (let first = 0; first < left.length; first += 1) {
            let sum = 0;
            for (let last = first; last < left.length; last += 1) {
              sum += costs[last] ?? 0;
              const stretchMs = (left[last]?.atMs ?? 0) - (left[first]?.atMs ?? 0);
              const most = (rate * stretchMs) / 1000 + Math.max(rate * 0.01, costs[last] ?? 0);
              // The clock rounds to microseconds, at both ends.
              if ((costs[last] ?? 0) > 0) expect(sum).toBeLessThanOrEqual(most + rate * 1e-6 + 1e-6);
            }
          }
        }
    },
  );

  test('lets calls go in the order in which they asked', async () => {
    const leave = shardPace({ rate: { records: 10 }, map, clock: virtualClock(), signal });
    const order: number[] = [];
    await Promise.all(['a', 'a', 'b', 'a'].map((key, index) => leave([record(key, 5)]).then(() => order.push(index))));
    expect(order).toEqual([0, 1, 2, 3]);
  });

  const drive = async (rate: unknown, limits = limitsOf('aws'), type: keyof typeof producers = 'putRecords') => {
    const clock = virtualClock();
    const all: Outgoing[] = Array.from({ length: 400 }, (_, n) => ({
      key: 'a',
      n,
      data: Buffer.alloc(99),
      digest: '',
    }));
    const tools: ProducerTools = {
      next: () => all.shift(),
      put: ({ entries }) =>
        Promise.resolve({ op: 1, outcome: { outcome: 'ok', results: entries.map(() => ({ shard: 's', seq: '1' })) } }),
      limits,
      refuse: (why) => expect(why).toBeUndefined(),
      shards: () =>
        Promise.resolve([{ shard: 's', range: ['0', String((1n << 128n) - 1n)], parents: [], seq: ['0', null] }]),
      clock,
      signal,
    };
    await producers[type].make({ rate, ...(type === 'putRecord' ? {} : { batch: 100 }) })(tools);
    return clock.now() / 1000;
  };

  test('of a producer is what the profile says, or what is given, below it or above', async () => {
    expect(await drive('limits')).toBe(300);
    expect(await drive('limits', { ...limitsOf('aws'), shardBytesPerSecond: 10_000 })).toBe(3000);
    expect(await drive('limits', limitsOf('kinesalite'))).toBeLessThan(5);
    expect(await drive({ records: 2000 })).toBe(150);
    expect(await drive({ records: 100, bytes: 1_000_000 })).toBe(3000);
    expect(await drive({ records: 100 }, undefined, 'putRecord')).toBe(3990);
  });
});
