import { describe, expect, test } from 'vitest';
import { evenShards, homeOf } from '../../testing/generators/even-shards.ts';
import { reasonOf } from '../../testing/oracles/follow-bytes.ts';

const shards = evenShards(2);
const [lower, upper] = ['shardId-000000000000', 'shardId-000000000001'];
/** Keys that lead to the lower shard, and one that leads to the upper one. */
const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`).filter((key) => homeOf(shards, key) === 0);
const [a = '', b = '', c = ''] = keys;
const other = Array.from({ length: 40 }, (_, index) => `key-${index}`).find((key) => homeOf(shards, key) === 1) ?? '';

type Fields = Readonly<Record<string, unknown>>;
type Told = {
  readonly parts?: readonly Fields[];
  readonly users?: readonly string[];
  /** Which sub-sequence numbers are acknowledged, and given to the reader, in this order. */
  readonly acked?: readonly number[];
  readonly read?: readonly number[];
  readonly shard?: string;
  /** So many of what is read come in the first page. */
  readonly cut?: number;
};

/** One aggregate of three user records, and a plain record behind it. */
const told = ({ parts = [{ key: a }], users = [a, b, c], acked, read, shard = lower, cut = 9 }: Told): object[] => {
  const subs = acked ?? [...users.keys()];
  const put = { type: 'put', producer: 'p1', api: 'PutRecords' };
  const given = (read ?? subs).map((sub) => {
    const at = subs.indexOf(sub);
    return { seq: '20', sub, key: users[at], producer: 'p1', n: 0 };
  });
  const last = { seq: '30', key: a, producer: 'p1', n: 1 };
  const records = [...given, last];
  const page = { type: 'page', reader: 'final', chain: 1, shard, behind: 0, more: true };
  return [
    { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' },
    { t: 0, type: 'topology', status: 'ACTIVE', shards },
    { t: 0, type: 'reader', reader: 'final', role: 'final' },
    { t: 1, ...put, op: 0, parts, entries: users.map((key) => ({ key, n: 0, part: 0 })) },
    { t: 2, type: 'ack', op: 0, outcome: 'ok', results: subs.map((sub) => ({ shard, seq: '20', sub })) },
    { t: 3, ...put, op: 1, entries: [{ key: a, n: 1 }] },
    { t: 4, type: 'ack', op: 1, outcome: 'ok', results: [{ shard, seq: '30' }] },
    { t: 5, ...page, from: { type: 'TRIM_HORIZON' }, records: records.slice(0, cut) },
    { t: 6, ...page, records: records.slice(cut) },
    { t: 7, type: 'end', reason: 'completed' },
  ];
};

describe('an aggregate is judged while it is read', () => {
  test.each<readonly [string, Told]>([
    ['by the key of its first user record', {}],
    ['by a hash key of its own', { parts: [{ key: other, hash: '7' }] }],
    ['by no key', { parts: [{ key: '' }] }],
    ['with gaps between its user records', { acked: [0, 4, 9] }],
  ])('%s', (_, how) => {
    expect(reasonOf(told(how))).toBe('plain');
  });

  test('and a user record that is lost is set aside, with those beside it', () => {
    expect(reasonOf(told({ read: [0, 2] }))).toBe('aside: a record that was passed over');
  });
});

describe('an aggregate is left to the full judge', () => {
  test('if a consumer under test was given it', () => {
    const lines = told({});
    const page = { type: 'page', reader: 'app', chain: 2, shard: lower, from: { type: 'TRIM_HORIZON' }, more: true };
    const given = (inner: boolean): string => {
      const records = [a, b, c].map((key, sub) => ({
        seq: '20',
        ...(inner ? { sub } : {}),
        key,
        producer: 'p1',
        n: 0,
      }));
      const app = [{ t: 0, type: 'reader', reader: 'app', role: 'subject' }];
      return reasonOf([...lines.slice(0, 3), ...app, ...lines.slice(3, -1), { t: 6, ...page, records }, lines.at(-1)]);
    };
    expect(given(true)).toBe('a delivery of a user record, or without a place');
    expect(given(false)).not.toMatch(/^plain|aside/);
  });

  test.each<readonly [string, Told, string]>([
    [
      'where its own key does not lead',
      { parts: [{ key: other }] },
      'an aggregate in a shard to which it does not lead',
    ],
    [
      'where its hash key does not lead',
      { parts: [{ key: a, hash: '340282366920938463463374607431768211455' }] },
      'an aggregate in a shard to which it does not lead',
    ],
    ['with a user record of another shard', { users: [a, b, other] }, 'a key in a shard to which it does not lead'],
    ['in the other shard', { shard: upper }, 'an aggregate in a shard to which it does not lead'],
    ['acknowledged in another order', { acked: [1, 0, 2] }, 'a call whose numbers do not ascend'],
    ['with two user records at one place', { acked: [0, 1, 1] }, 'a call whose numbers do not ascend'],
    ['read in another order', { read: [1, 0, 2] }, 'a chain that does not ascend'],
    ['in two pages', { cut: 2 }, 'a chain that does not ascend'],
  ])('%s', (_, how, reason) => {
    expect(reasonOf(told(how))).toBe(reason);
  });
});
