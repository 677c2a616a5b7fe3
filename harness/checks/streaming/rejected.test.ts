import { describe, expect, test } from 'vitest';
import { Rejected, type SentRecord } from './rejected.ts';

const record = (more: Partial<SentRecord> = {}): SentRecord => ({
  flow: 3,
  n: 4,
  hasDigest: 1,
  high: 5,
  low: 6,
  ...more,
});

describe('a record that was not stored', () => {
  test('waits until it is sent again as it was', () => {
    const rejected = new Rejected();
    expect(rejected.size).toBe(0);
    for (const one of [record(), record({ n: 5 }), record({ flow: 4 })]) rejected.add(one);
    expect([...rejected.flows()]).toEqual([3, 4]);
    expect(rejected.meet(record())).toBe(true);
    expect([rejected.size, ...rejected.flows()]).toEqual([2, 3, 4]);
    // It waits no more: whatever is sent now is another one.
    expect(rejected.meet(record({ high: 9 }))).toBeUndefined();
    expect(rejected.meet(record({ n: 5 }))).toBe(true);
    expect([rejected.size, ...rejected.flows()]).toEqual([1, 4]);
  });

  test('is none of those beside it', () => {
    const rejected = new Rejected();
    rejected.add(record({ flow: 1, n: 23 }));
    for (const other of [record({ flow: 12, n: 3 }), record({ flow: 1, n: 2 })])
      expect(rejected.meet(other)).toBeUndefined();
    expect(rejected.size).toBe(1);
    expect(rejected.meet(record({ flow: 1, n: 23, low: 1 }))).toBe(false);
    expect(rejected.size).toBe(0);
  });

  test.each<Partial<SentRecord>>([{ hasDigest: 0 }, { high: 7 }, { low: 7 }])(
    'is not sent again with other bytes: %o',
    (other) => {
      const rejected = new Rejected();
      rejected.add(record());
      expect(rejected.meet(record(other))).toBe(false);
    },
  );

  test('waits by its flow', () => {
    const rejected = new Rejected();
    const one = record();
    rejected.add(one);
    expect([rejected.has(one.flow), rejected.has(one.flow + 1)]).toEqual([true, false]);
    rejected.meet(one);
    expect(rejected.has(one.flow)).toBe(false);
  });
});
