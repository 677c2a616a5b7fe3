import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { PutOutcome } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import type { Outgoing } from '../workload/workload.ts';
import type { Call, ProducerTools } from './producer.ts';
import { producers } from './registry.ts';

const record = (key: string, n: number): Outgoing => ({ key, n, data: new Uint8Array(), digest: '' });
/** Records of the keys a and b in turn. */
const twoKeys = (count: number): Outgoing[] =>
  Array.from({ length: count }, (_, i) => record(i % 2 === 0 ? 'a' : 'b', Math.floor(i / 2)));
const nameOf = ({ key, n }: Outgoing): string => `${key}${n}`;

type Answer = (call: Call, index: number) => readonly number[] | 'info' | 'fail';

/** Answers calls by a script: the indices of entries that fail, or the outcome of the whole. Keeps what was sent, in order. */
const drive = async (type: keyof typeof producers, options: object, records: Outgoing[], answer: Answer = () => []) => {
  const calls: Call[] = [];
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
    clock: systemClock(),
    signal: new AbortController().signal,
  };
  await producers[type].make(options)(tools);
  return { calls, sent: calls.map(({ entries }) => entries.map(nameOf).join(' ')), mostUnderWay };
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
