import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { Records } from './records.ts';

/** One by one, with gaps around the one that is still filled, and far apart. */
const number = fc.oneof(
  fc.nat({ max: 20 }),
  fc.integer({ min: 55, max: 150 }),
  fc.constantFrom(1000, 2 ** 40, 2 ** 52),
);
const asked = fc.record({ flow: fc.nat({ max: 2 }), n: number });

describe('who is who', () => {
  test.prop([fc.array(asked, { maxLength: 60 })], { numRuns: 200 })(
    'a record is one integer, counted in the order in which they are met, however far its number is from others',
    (all) => {
      const records = new Records();
      const known = new Map<string, number>();
      for (const { flow, n } of all) {
        const name = `${flow} ${n}`;
        const expected = known.get(name) ?? known.size;
        known.set(name, expected);
        expect(records.recordOf(flow, n)).toBe(expected);
        expect(records.count).toBe(known.size);
        expect([records.flow.at(expected), records.n.at(expected)]).toEqual([flow, n]);
      }
    },
  );

  test.prop([fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 5 })), { maxLength: 30 })])(
    'a flow is one producer and one key',
    (all) => {
      const records = new Records();
      const known = new Map<string, number>();
      const name = (list: readonly string[], at: number): string => list[at] as string;
      const producers = ['', 'p', 'q', 'r'];
      const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
      for (const [index, producer] of producers.entries()) expect(records.producers.id(producer)).toBe(index);
      for (const [index, key] of keys.entries()) expect(records.keys.id(key)).toBe(index);
      for (const [producer, key] of all) {
        const expected = known.get(`${producer} ${key}`) ?? known.size;
        known.set(`${producer} ${key}`, expected);
        expect(records.flowOf(producer, key)).toBe(expected);
        expect(records.flows).toBe(known.size);
        const record = records.anonymous(expected);
        expect([records.producerName(record), records.keyName(record)]).toEqual([
          name(producers, producer),
          name(keys, key),
        ]);
      }
    },
  );

  test('a record without a number of its own is nobody else, and was attempted by none yet', () => {
    const records = new Records();
    const [first, second, named] = [records.anonymous(0), records.anonymous(0), records.recordOf(0, 0)];
    expect([first, second, named]).toEqual([0, 1, 2]);
    expect([first, second, named].map((record) => [records.n.at(record), records.lastEntry.at(record)])).toEqual([
      [-1, -1],
      [-1, -1],
      [0, -1],
    ]);
  });
});
