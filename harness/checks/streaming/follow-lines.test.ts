import { describe, expect, test } from 'vitest';
import type { HistoryLine } from '../../judging/check-history.ts';
import { history, type Put, shard } from '../../testing/generators/history-builder.ts';
import { bytesOf, followBytes, reasonOf } from '../../testing/oracles/follow-bytes.ts';

type Fields = Readonly<Record<string, unknown>>;
const digests = ['0011223344556677', '8899aabbccddeeff'] as const;

/** A flow of two records, told line by line; what stands in `more` goes over what the last of each says. */
const told = ({
  put = {},
  entry = {},
  result = {},
  ack = {},
  page = {},
  record = {},
}: Readonly<Record<string, Fields>>): readonly HistoryLine[] => {
  const made = history();
  const line = (type: string, fields: Fields): unknown => made.event({ type, ...fields });
  const entries = digests.map((digest, n) => ({ key: 'a', n, digest, bytes: 5 }));
  line('put', { op: 1, producer: 'p1', api: 'PutRecord', entries: [entries[0]] });
  line('ack', { op: 1, outcome: 'ok', results: [{ shard: shard(0), seq: '10' }] });
  line('put', { op: 2, producer: 'p1', api: 'PutRecord', entries: [{ ...entries[1], ...entry }], ...put });
  line('ack', { op: 2, outcome: 'ok', results: [{ shard: shard(0), seq: '20', ...result }], ...ack });
  const records = [
    { seq: '10', key: 'a', n: 0, producer: 'p1', digest: digests[0] },
    { seq: '20', key: 'a', n: 1, producer: 'p1', digest: digests[1], ...record },
  ];
  const from = { type: 'TRIM_HORIZON' };
  line('page', { reader: 'final', chain: 1, shard: shard(0), from, records, more: true, ...page });
  return made.end().lines;
};

describe('a history is plain', () => {
  test.each<readonly [string, Readonly<Record<string, Fields>>]>([
    ['as it stands', {}],
    ['where a put tells no sizes', { entry: { bytes: undefined } }],
    [
      'where neither digests nor sizes are told',
      { entry: { bytes: undefined, digest: undefined }, record: { digest: undefined } },
    ],
    ['where the key of a record is told twice', { record: { idKey: 'a' } }],
    ['where numbers have leading zeros', { result: { seq: '0020' }, record: { seq: '00000000020' } }],
    ['where numbers are as long as they may be', { result: { seq: '9'.repeat(64) }, record: { seq: '9'.repeat(64) } }],
    ['where it is not said whether there is more', { page: { more: undefined } }],
  ])('%s', (_, more) => {
    expect(reasonOf(told(more))).toBe('plain');
  });

  test('where puts have no producer, nor have the records', () => {
    const lines = told({}).map((line) =>
      JSON.parse(JSON.stringify(line).replaceAll('"producer":"p1",', '').replaceAll(',"producer":"p1"', '')),
    );
    expect(JSON.stringify(lines)).not.toContain('producer');
    expect(reasonOf(lines)).toBe('plain');
  });

  test('where some have a producer, and others none', () => {
    const made = history()
      .put('a', 0)
      .ok(10)
      .put('a', 1)
      .ok(20)
      .put('b', 0)
      .ok(30)
      .page([[10, 'a', 0]])
      .page([[20, 'a', 1]]);
    const lines = [...made.page([[30, 'b', 0]]).end().lines].map((line) => {
      const text = JSON.stringify(line);
      return JSON.parse(text.includes('"key":"b"') ? text.replaceAll('"producer":"p1",', '') : text) as unknown;
    });
    expect(reasonOf(lines)).toBe('plain');
  });

  test('where records lie inside another', () => {
    const inside = { put: { parts: [{ key: 'a' }] }, entry: { part: 0 }, result: { sub: 0 }, record: { sub: 0 } };
    expect(reasonOf(told(inside))).toBe('plain');
    expect(reasonOf(told({ ...inside, result: {}, record: {} }))).toBe('plain');
  });

  test('where some pages failed, whatever they say beside', () => {
    const made = history().put('a', 0).ok(10).put('a', 1).ok(20).page([]);
    const page = { type: 'page', reader: 'final', chain: 1, shard: shard(0) };
    made
      .event({ ...page, error: 'InternalFailure', records: [{ seq: '10' }] } as never)
      .event({ ...page, error: 'InternalFailure' } as never);
    made.event({ ...page } as never);
    made.page([
      [10, 'a', 0],
      [20, 'a', 1],
    ]);
    expect(reasonOf(made.end().lines)).toBe('plain');
  });
});

describe('a history is left to the judge of the whole', () => {
  const misfit = 'an answer that does not fit its call';
  const tooLong = 'a number of more than 64 digits';
  const odd = 'an unusual page at the end of a shard';
  const long = '1'.repeat(65);
  const another = 'another record than was acknowledged there, or with a digest that only one of them has';
  const far = 'a user record far behind the first of its aggregate';

  test.each<readonly [string, Readonly<Record<string, Fields>>, string]>([
    ['of a record without a number of its own', { entry: { n: undefined } }, 'a record without a number'],
    ['of a size without a digest', { entry: { digest: undefined } }, 'a size without a digest'],
    ['of a digest of another form', { entry: { digest: 'ABCDEF0123456789' } }, 'a digest of another form'],
    ['where one is read', { record: { digest: 'short' } }, 'a digest of another form'],
    ['of a number after which to come that is too long', { entry: { after: long } }, tooLong],
    ['of one that is acknowledged', { result: { seq: long } }, tooLong],
    ['of one that is read', { record: { seq: long } }, tooLong],
    ['of one where a reader begins', { page: { from: { type: 'AT_SEQUENCE_NUMBER', seq: long } } }, tooLong],
    ['of an answer with none', { ack: { results: [] } }, misfit],
    ['of an answer to nothing', { ack: { op: 3 } }, misfit],
    ['of a result inside another, and a record that is in none', { result: { sub: 0 } }, another],
    ['of a record inside another, and a result that is in none', { record: { sub: 0 } }, another],
    ['of a result far inside another', { result: { sub: 2 ** 22 } }, far],
    ['of a record far inside another', { record: { sub: 2 ** 22 } }, far],
    ['of an end with an error', { page: { more: false, error: 'InternalFailure', records: undefined } }, odd],
    ['of an end that names no children', { page: { more: false, children: [] } }, odd],
    ['of children before the end', { page: { children: [shard(1)] } }, odd],
  ])('%s', (_, more, reason) => {
    expect(reasonOf(told(more))).toBe(reason);
  });

  test.each<readonly [string, Fields, string, string]>([
    ['has no key', { key: undefined }, 'a record without identity, or with another key', 'a record without identity'],
    ['has no n', { n: undefined }, 'a record without identity, or with another key', 'a record without identity'],
    [
      'is of another key',
      { idKey: 'b' },
      'a record without identity, or with another key',
      'a key that is not that of the record',
    ],
  ])('of a record that %s', (_, record, scanned, decoded) => {
    const bytes = bytesOf(told({ record }));
    expect([scanned, decoded]).toContain(followBytes(bytes, true));
    expect(followBytes(bytes, false)).toBe(decoded);
  });

  test.each(['put', 'ack', 'page'])('of no head, which is then said: %s', (type) => {
    const lines = told({}).filter((line) => line.type === type);
    expect(reasonOf(lines)).toBe(`line 1: the first line must be the head, got type ${type}`);
  });

  test.each(['put', 'ack', 'page'])('of time that falls: %s', (type) => {
    const lines = told({ [type]: { t: 1 } });
    expect(reasonOf(lines)).toMatch(/t falls from \d+ to 1/);
  });
});

describe('an answer', () => {
  test('may reject some, which are sent again', () => {
    const error = { error: 'ProvisionedThroughputExceededException' };
    const made = history();
    const entries = [
      ['a', 0],
      ['b', 0],
      ['a', 1],
    ] as const;
    made.batch(entries).ok(10, error, error);
    const again = (): Put => made.batch(entries.slice(1));
    again().ok(error, error);
    again().info();
    again().fail();
    again().ok(20, 30);
    made.page([
      [10, 'a', 0],
      [20, 'b', 0],
      [30, 'a', 1],
    ]);
    expect(reasonOf(made.end().lines)).toBe('plain');
  });

  test('tells no number where it says why not', () => {
    const made = history();
    made.put('a', 0).ok(10);
    made.put('a', 1).ok({ shard: shard(0), seq: '20', error: 'InternalFailure' } as never);
    made.put('a', 1).ok(30);
    made.page([
      [10, 'a', 0],
      [30, 'a', 1],
    ]);
    expect(reasonOf(made.end().lines)).toBe('plain');
  });
});
