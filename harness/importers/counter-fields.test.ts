import { describe, expect, test } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { counterHint } from './counter-fields.ts';
import { endsLikeCounter } from './counter-names.ts';
import { flowHint } from './flow-hint.ts';
import { guessMapping } from './guess.ts';

/** 40 rows of 4 keys, in the order of their counters. */
const rowsWith = (fields: (n: number, index: number) => object): readonly object[] =>
  Array.from({ length: 40 }, (_, index) => ({
    shardId: 'shardId-000000000000',
    sequenceNumber: `4967${String(index).padStart(52, '0')}`,
    partitionKey: `order-${index % 4}`,
    ...fields(Math.floor(index / 4), index),
  }));

const counterIn = (rows: readonly object[]): string | undefined => guessMapping(rows, {}, false).n?.text;
/** In no order. */
const { int } = seededRandom('7');
const quantities = Array.from({ length: 40 }, () => int(1, 97));

describe('the field of the counter', () => {
  test.each(['eventSeq', 'event_seq', 'msgSeqNo', 'order-sequence', 'orderVersion', 'messageNo', 'event_number'])(
    '%s is found by its last word',
    (name) => {
      expect(counterIn(rowsWith((n) => ({ payload: { amount: 7, [name]: n } })))).toBe(`.payload.${name}`);
    },
  );

  test('a version that never changes is the version of the schema: the field beside it counts', () => {
    expect(counterIn(rowsWith((n) => ({ version: 1, eventSeq: n })))).toBe('.eventSeq');
    expect(counterIn(rowsWith(() => ({ version: 1, schemaVersion: 2 })))).toBeUndefined();
  });

  test('a number of the line is none beside one that rises within each key only', () => {
    const swapped = rowsWith((n, index) => ({ offset: 100 + index, orderVersion: n === 4 ? 5 : n === 5 ? 4 : n }));
    expect(counterIn(swapped)).toBe('.orderVersion');
  });

  test('nor is a field that differs when a record is delivered again', () => {
    const once = rowsWith((_, index) => ({ offset: 100 + index, eventSeq: index })).slice(0, 9);
    const again = [...once, { ...once[8], offset: 109 }];
    expect(counterIn(again)).toBe('.eventSeq');
  });

  test('nor is a place in a batch', () => {
    const rows = rowsWith((_, index) => ({ index: index % 5, eventSeq: index === 9 ? 4 : index }))
      .slice(0, 23)
      .map((row, index) => ({ ...row, partitionKey: index < 15 ? 'a' : 'b' }));
    expect(counterIn(rows)).toBe('.eventSeq');
  });

  test('nor is a number in the shard', () => {
    const rows = rowsWith((n, index) => ({ offset: Math.floor(index / 2), eventSeq: n === 4 ? 5 : n === 5 ? 4 : n }));
    const inTwo = rows.map((row, index) => ({ ...row, shardId: `shardId-00000000000${index % 2}` }));
    expect(counterIn(inTwo)).toBe('.eventSeq');
  });

  test('a counter over all keys is one, if no other field is', () => {
    expect(counterIn(rowsWith((_, index) => ({ seq: 100 + index, amount: quantities[index] })))).toBe('.seq');
  });

  test('a quantity that is called count is none', () => {
    expect(counterIn(rowsWith((_, index) => ({ count: quantities[index] })))).toBeUndefined();
  });

  test('one that two applications in a dump repeat is one', () => {
    const twice = rowsWith((n) => ({ seq: n })).flatMap((row) => [
      { app: 'a', ...row },
      { app: 'b', ...row },
    ]);
    expect(counterIn(twice)).toBe('.seq');
  });

  test('one of a pipeline that breaks the order now and then is one', () => {
    expect(counterIn(rowsWith((n) => ({ seq: n % 3 === 1 ? n + 1 : n % 3 === 2 ? n - 1 : n })))).toBe('.seq');
    expect(counterIn(rowsWith((n) => ({ seq: n % 2 === 0 ? n + 1 : n - 1 })))).toBe('.seq');
  });

  test('a dump that begins with the newest record has one', () => {
    expect(counterIn(rowsWith((n) => ({ seq: n })).toReversed())).toBe('.seq');
  });

  test('a name of which the last word only begins like a counter is no such name', () => {
    expect(['sequential', 'counterparty', 'noise', 'eventSequel'].map(endsLikeCounter)).toEqual(
      Array(4).fill(undefined),
    );
  });
});

describe('where no counter is found', () => {
  const hint = (rows: readonly object[]): string | undefined => counterHint(rows, guessMapping(rows, {}, false));

  test('fields that rise within each key are named, with the flag', () => {
    expect(hint(rowsWith((n) => ({ price: 7, payload: { tick: n * 10 } })))).toBe(
      '.payload.tick rises within each key: if it is the counter, name it with --map n=.payload.tick',
    );
  });

  test('a field that is called like one says why it is not taken', () => {
    expect(hint(rowsWith(() => ({ version: 1 })))).toBe(
      '.version is not taken for the counter: it stays the same within a key. If it is the counter, name it with --map n=.version',
    );
    expect(hint(rowsWith((_, index) => ({ count: quantities[index] })))).toContain(
      '.count is not taken for the counter: it rises and falls within a key',
    );
  });

  test('nothing is said of fields that are neither', () => {
    expect(hint(rowsWith((_, index) => ({ price: quantities[index], name: 'x' })))).toBeUndefined();
  });
});

describe('a partition key of its own for each record', () => {
  const hint = (key: (n: number, index: number) => string): string | undefined => {
    const rows = rowsWith((n, index) => ({
      partitionKey: key(n, index),
      data: { orderId: `order-${index % 4}`, seq: n },
    }));
    return flowHint(rows, guessMapping(rows, {}, false));
  };

  test('the field that repeats is named, with the flag', () => {
    expect(hint((_, index) => `random-${index}`)).toBe(
      'hardly a key stands twice in the first 40 records: if those with the same .data.orderId must be in order, say so with --map flow=.data.orderId',
    );
  });

  test('keys that repeat are what must be in order', () => {
    expect(hint((_, index) => `order-${index % 4}`)).toBeUndefined();
  });
});
