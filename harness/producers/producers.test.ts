import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { PutOutcome } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { hashKeyMax } from '../model/hash-key.ts';
import { limitsOf } from '../model/limits.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { Call, ProducerTools } from './producer.ts';
import { producers } from './registry.ts';

const record = (key: string, n: number): Outgoing => ({ key, n, data: new Uint8Array(), digest: '' });
/** Records of the keys a and b in turn. */
const twoKeys = (count: number): Outgoing[] =>
  Array.from({ length: count }, (_, i) => record(i % 2 === 0 ? 'a' : 'b', Math.floor(i / 2)));
const nameOf = ({ key, n }: Outgoing): string => `${key}${n}`;

type Answer = (call: Call, index: number) => readonly number[] | 'info' | 'fail';

/**
 * Answers calls by a script: the indices of entries that fail, or the outcome of the whole. Keeps what was sent, in
 * order.
 */
const drive = async (
  type: keyof typeof producers,
  options: object,
  records: Outgoing[],
  answer: Answer = () => [],
  over: Partial<ProducerTools> = {},
) => {
  const calls: Call[] = [];
  const refused: string[] = [];
  let seq = 0;
  let underWay = 0;
  let mostUnderWay = 0;
  const tools: ProducerTools = {
    next: () => records.shift(),
    put: async (call) => {
      calls.push(call);
      const op = calls.length;
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      await Promise.resolve();
      underWay -= 1;
      const given = answer(call, op);
      const outcome: PutOutcome =
        typeof given === 'string'
          ? { outcome: given, error: 'TimeoutError' }
          : {
              outcome: 'ok',
              results: call.entries.map((_, index) => {
                if (given.includes(index)) return { error: 'ProvisionedThroughputExceededException' };
                seq += 1;
                return { shard: 's', seq: String(seq) };
              }),
            };
      return { op, outcome };
    },
    limits: limitsOf('aws'),
    refuse: (why) => refused.push(why.message),
    shards: () => Promise.resolve([]),
    clock: systemClock(),
    signal: new AbortController().signal,
    ...over,
  };
  await producers[type].make(options)(tools);
  return { calls, refused, sent: calls.map(({ entries }) => entries.map(nameOf).join(' ')), mostUnderWay };
};

describe('putRecord', () => {
  test('names the last number of the key, and none at its first record', async () => {
    const { calls } = await drive('putRecord', { sequenceNumberForOrdering: true }, twoKeys(6));
    expect(calls.map(({ after }) => after)).toEqual([undefined, undefined, '1', '2', '3', '4']);
  });

  test('names no number when it is not asked to', async () => {
    const { calls, mostUnderWay } = await drive('putRecord', {}, twoKeys(6));
    expect(calls.every(({ after }) => after === undefined)).toBe(true);
    expect(mostUnderWay).toBe(1);
  });

  test('keeps as many calls in flight as it was told', async () => {
    expect((await drive('putRecord', { inFlight: 4 }, twoKeys(40))).mostUnderWay).toBe(4);
  });

  test('sends what was not answered again, at once or behind later records, each attempt counted', async () => {
    const lose: Answer = (_, index) => (index === 2 ? 'info' : []);
    expect((await drive('putRecord', { retry: 'resend' }, twoKeys(5), lose)).sent).toEqual([
      'a0',
      'b0',
      'b0',
      'a1',
      'b1',
      'a2',
    ]);
    const later = await drive('putRecord', { retry: 'resend', retryAfter: 2 }, twoKeys(5), lose);
    expect(later.sent).toEqual(['a0', 'b0', 'a1', 'b1', 'b0', 'a2']);
    expect(later.calls[4]).toMatchObject({ attempt: 2, retryOf: 2 });
  });

  test('gives a record up after its attempts', async () => {
    const { sent } = await drive('putRecord', { retry: 'resend', attempts: 3 }, twoKeys(2), ({ entries }) =>
      entries[0]?.key === 'a' ? 'fail' : [],
    );
    expect(sent).toEqual(['a0', 'a0', 'a0', 'b0']);
  });

  test('refuses numbers for ordering with calls in flight', () => {
    expect(() => producers.putRecord.make({ sequenceNumberForOrdering: true, inFlight: 2 })).toThrow(/inFlight 1/);
  });

  test('keeps to its rate', async () => {
    const clock = systemClock();
    await drive('putRecord', { rate: 200 }, twoKeys(21));
    expect(clock.now()).toBeGreaterThan(95_000);
  });
});

describe.each(['putRecord', 'putRecords'] as const)('%s', (type) => {
  test.each<[Partial<Outgoing>, RegExp]>([
    [{ key: 'k'.repeat(257) }, /partition key of 257 characters, the limit is 256 \(keyCharacters\)/],
    [{ key: '' }, /at least 1 character/],
    [
      { data: new Uint8Array(1_048_576) },
      /record "a": 1048577 bytes with its key, the limit is 1048576 \(recordBytes\)/,
    ],
    [{ data: 'text' as never }, /record "a": data is string, not bytes/],
    [{ key: undefined as never }, /record without a partition key/],
    [{ hash: '-1' }, /explicit hash key "-1"/],
  ])('refuses one that can never be sent (%#), and sends all others', async (bad, words) => {
    const all = twoKeys(5).map((one, index) => (index === 2 ? { ...one, ...bad } : one));
    const { sent, refused } = await drive(type, {}, all);
    expect(refused).toEqual([expect.stringMatching(words)]);
    expect(sent.join(' ')).toBe('a0 b0 b1 a2');
  });
});

describe('putRecords', () => {
  const failA1: Answer = (_, index) => (index === 1 ? [2] : []);

  test('leaves failed entries', async () => {
    expect((await drive('putRecords', { batch: 4 }, twoKeys(8), failA1)).sent).toEqual(['a0 b0 a1 b1', 'a2 b2 a3 b3']);
  });

  test('sends failed entries again behind the batch that was ready, so that later records of the key pass them', async () => {
    const { sent, calls } = await drive('putRecords', { batch: 4, retry: 'failed-entries' }, twoKeys(12), failA1);
    expect(sent).toEqual(['a0 b0 a1 b1', 'a2 b2 a3 b3', 'a1 a4 b4 a5', 'b5']);
    expect(calls[2]).toMatchObject({ attempt: 2, retryOf: 1 });
  });

  test('sends the failed and what follows of its key again before anything newer', async () => {
    const fail: Answer = (_, index) => (index === 1 ? [0] : []);
    const { sent } = await drive('putRecords', { batch: 4, retry: 'failed-and-following' }, twoKeys(8), fail);
    expect(sent).toEqual(['a0 b0 a1 b1', 'a0 a1 a2 b2', 'a3 b3']);
  });

  test('sends the last batch again though nothing follows it, and gives up after its attempts', async () => {
    const { sent } = await drive(
      'putRecords',
      { batch: 4, retry: 'failed-entries', attempts: 3 },
      twoKeys(4),
      () => 'info',
    );
    expect(sent).toEqual(['a0 b0 a1 b1', 'a0 b0 a1 b1', 'a0 b0 a1 b1']);
  });

  test('sends everything from the first failed entry on again', async () => {
    const fail: Answer = (_, index) => (index === 1 ? [1] : []);
    expect((await drive('putRecords', { batch: 4, retry: 'tail' }, twoKeys(6), fail)).sent).toEqual([
      'a0 b0 a1 b1',
      'b0 a1 b1 a2',
      'b2',
    ]);
  });

  test('closes a call by the bytes of the profile, and what stood behind it goes out behind what is sent again', async () => {
    const limits = { ...limitsOf('aws'), requestBytes: 40 };
    const sized = (): Outgoing[] => twoKeys(6).map((one) => ({ ...one, data: new Uint8Array(15) }));
    const fail: Answer = (_, index) => (index === 1 ? [0] : []);
    const options = { retry: 'failed-and-following' };
    const { sent } = await drive('putRecords', options, sized(), fail, { limits });
    expect(sent).toEqual(['a0 b0', 'a0 a1', 'b1 a2', 'b2']);
  });

  test('never has more entries than the profile takes', async () => {
    const limits = { ...limitsOf('aws'), records: 2 };
    expect((await drive('putRecords', { batch: 4 }, twoKeys(5), undefined, { limits })).sent).toEqual([
      'a0 b0',
      'a1 b1',
      'a2',
    ]);
  });

  test('closes a call by time, and sends it then: the same calls however late the clock is', async () => {
    const slept: number[] = [];
    const clock = { now: () => 0, wallMs: () => 0, sleep: (ms: number) => Promise.resolve(void slept.push(ms)) };
    const options = { rate: 100, maxBufferedMs: 25 };
    const { sent } = await drive('putRecords', options, twoKeys(7), undefined, { clock });
    expect(sent).toEqual(['a0 b0 a1', 'b1 a2 b2', 'a3']);
    expect(slept).toEqual([25, 55, 60]);
    const late = { ...clock, now: () => 1e9 };
    expect((await drive('putRecords', options, twoKeys(7), undefined, { clock: late })).sent).toEqual(sent);
  });

  test('puts records of one predicted shard into a call', async () => {
    const half = 1n << 127n;
    const lower = { shard: 's', range: ['0', String(half - 1n)], parents: [], seq: ['0', null] } as const;
    const upper = { shard: 't', range: [String(half), String(hashKeyMax)], parents: [], seq: ['0', null] } as const;
    const hashed = twoKeys(6).map((one) => ({ ...one, hash: one.key === 'a' ? '1' : String(half) }));
    const { sent } = await drive('putRecords', { batch: 2, lanes: 'shard' }, hashed, undefined, {
      shards: () => Promise.resolve([upper, lower]),
    });
    expect(sent).toEqual(['a0 a1', 'b0 b1', 'a2', 'b2']);
  });

  test('pauses ever longer before each attempt, up to its bound', async () => {
    const slept: number[] = [];
    const clock = { ...systemClock(), sleep: (ms: number) => Promise.resolve(void slept.push(ms)) };
    const options = { retry: 'failed-entries', attempts: 5, backOffMs: 10, backOffMsMax: 30 };
    await drive('putRecords', options, twoKeys(1), () => 'fail', { clock });
    expect(slept).toEqual([10, 20, 30, 30]);
  });

  test('refuses a buffered time of zero, and one that nothing would ever be old enough for', () => {
    expect(() => producers.putRecords.make({ maxBufferedMs: 0, rate: 1 })).toThrow(/maxBufferedMs/);
    expect(() => producers.putRecords.make({ maxBufferedMs: 5 })).toThrow(/needs a rate/);
    expect(() => producers.putRecords.make({ maxBufferedMs: 5, rate: 'limits' })).toThrow(/needs a rate/);
  });

  const failing = fc.array(fc.oneof(fc.constant('info' as const), fc.array(fc.nat({ max: 9 }), { maxLength: 4 })), {
    maxLength: 8,
  });

  test.prop(
    [
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('failed-entries', 'failed-and-following'),
      failing,
    ],
    { numRuns: 60 },
  )(
    'hands over every record, none more often than its attempts, whatever fails',
    async (batch, inFlight, retry, script) => {
      const { calls } = await drive(
        'putRecords',
        { batch, inFlight, retry, attempts: 9 },
        twoKeys(30),
        (_, index) => script[index - 1] ?? [],
      );
      const counts = new Map<string, number>();
      for (const { entries } of calls) {
        expect(entries.length).toBeLessThanOrEqual(batch);
        for (const entry of entries) counts.set(nameOf(entry), (counts.get(nameOf(entry)) ?? 0) + 1);
      }
      expect(counts.size).toBe(30);
      expect(Math.max(...counts.values())).toBeLessThanOrEqual(9);
    },
  );

  test.prop([fc.integer({ min: 1, max: 10 }), failing], { numRuns: 60 })(
    'with the failed and all that follow, stores the last copies of a key in order',
    async (batch, script) => {
      const stored: string[] = [];
      await drive(
        'putRecords',
        { batch, retry: 'failed-and-following', attempts: 20 },
        twoKeys(30),
        ({ entries }, index) => {
          const failed = script[index - 1] ?? [];
          if (failed !== 'info')
            entries.forEach((entry, at) => void (failed.includes(at) || stored.push(nameOf(entry))));
          return failed;
        },
      );
      const last = [...new Set([...stored].reverse())].reverse();
      for (const key of ['a', 'b']) {
        const numbers = last.filter((name) => name.startsWith(key)).map((name) => Number(name.slice(1)));
        expect(numbers).toEqual(Array.from({ length: 15 }, (_, n) => n));
      }
    },
  );
});
