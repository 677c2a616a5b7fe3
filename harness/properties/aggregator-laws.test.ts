import { describe, expect, test } from 'vitest';
import { hashKeyOf } from '../model/hash-key.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import { createAggregator } from '../producers/aggregator.ts';
import { encodeAggregate } from '../workload/aggregation.ts';
import { type AggregatorLawName, aggregatorLaws, checkAggregatorLaws } from './aggregator-laws.ts';
import type { MakeAggregator } from './aggregator-subject.ts';
import { kplRecords } from './kpl-record.ts';

const bytesMax = 2000;
const countMax = 5;
const options = { bytesMax, countMax };

/**
 * One plain aggregator that is right, and the ways in which aggregators are wrong: each overrides one of its
 * decisions.
 */
type Decisions = {
  readonly laneOf: (shard: string) => string;
  readonly countMax: number;
  readonly sizeOf: (users: readonly PutRecordInput[]) => number;
  readonly encode: (users: readonly PutRecordInput[]) => Uint8Array;
  readonly arrange: (users: readonly PutRecordInput[]) => readonly PutRecordInput[];
  readonly isAlonePlain: boolean;
  readonly hashOf: (first: PutRecordInput) => string | undefined;
  readonly atFlush: (lanes: readonly string[]) => readonly string[];
};
const right: Decisions = {
  laneOf: (shard) => shard,
  countMax,
  sizeOf: (users) => encodeAggregate(users).byteLength,
  encode: encodeAggregate,
  arrange: (users) => users,
  isAlonePlain: true,
  hashOf: ({ key, hash }) => hash ?? String(hashKeyOf(key)),
  atFlush: (lanes) => lanes,
};

const aggregator =
  (wrong: Partial<Decisions>): MakeAggregator =>
  ({ emit, shardOf }) => {
    const how = { ...right, ...wrong };
    const lanes = new Map<string, PutRecordInput[]>();
    const shut = (lane: string): void => {
      const users = how.arrange(lanes.get(lane) ?? []);
      lanes.delete(lane);
      const [first] = users;
      if (first === undefined) return;
      const hash = how.hashOf(first);
      if (users.length === 1 && how.isAlonePlain) emit(first);
      else emit({ key: 'a', data: how.encode(users), ...(hash === undefined ? {} : { hash }) });
    };
    return {
      add: (record) => {
        const lane = how.laneOf(shardOf(record));
        if (how.sizeOf([...(lanes.get(lane) ?? []), record]) > bytesMax) shut(lane);
        lanes.set(lane, [...(lanes.get(lane) ?? []), record]);
        if ((lanes.get(lane) ?? []).length >= how.countMax) shut(lane);
      },
      flush: () => {
        for (const lane of how.atFlush([...lanes.keys()])) shut(lane);
      },
    };
  };

const damaged = (users: readonly PutRecordInput[]): Uint8Array => {
  const data = Buffer.from(encodeAggregate(users));
  data[data.length - 1] = (data[data.length - 1] ?? 0) ^ 1;
  return data;
};

const wrongs: Readonly<Record<string, readonly [AggregatorLawName, Partial<Decisions>]>> = {
  'mixes shards': ['an aggregate is of one predicted shard', { laneOf: () => 'one' }],
  'leaves the explicit hash key out': ['an aggregate is of one predicted shard', { hashOf: () => undefined }],
  'takes one record too many': ['no aggregate is over its size or count', { countMax: countMax + 1 }],
  'counts the data alone': [
    'no aggregate is over its size or count',
    { sizeOf: (users) => users.reduce((sum, { data }) => sum + data.byteLength, 0) },
  ],
  'does not count magic and checksum': [
    'no aggregate is over its size or count',
    { sizeOf: (users) => encodeAggregate(users).byteLength - 20 },
  ],
  'writes a checksum that is wrong': ['what was given comes out, and nothing else', { encode: damaged }],
  'gives every record the first key': [
    'what was given comes out, and nothing else',
    { encode: (users) => encodeAggregate(users.map((user) => ({ ...user, key: users[0]?.key ?? '' }))) },
  ],
  'loses the explicit hash keys inside': [
    'what was given comes out, and nothing else',
    { encode: (users) => encodeAggregate(users.map(({ key, data }) => ({ key, data }))) },
  ],
  'forgets a shard at flush': ['what was given comes out, and nothing else', { atFlush: (lanes) => lanes.slice(1) }],
  'repeats its first record': [
    'what was given comes out, and nothing else',
    { arrange: (users) => [...users.slice(0, 1), ...users] },
  ],
  'puts the newest first': ['a key keeps its order', { arrange: (users) => users.toReversed() }],
  'wraps a lone record': ['a lone record goes plain', { isAlonePlain: false }],
};

describe('the laws of aggregators', () => {
  test('hold for one that is right', () => checkAggregatorLaws(aggregator({}), options));

  test('hold for ours', () =>
    checkAggregatorLaws(({ emit, shardOf }) => {
      const ours = createAggregator<PutRecordInput>({ ...options, shardOf });
      return { add: (record) => ours.add(record, 0).forEach(emit), flush: () => ours.flush().forEach(emit) };
    }, options));

  test.each(Object.entries(wrongs))('catch one that %s', async (_, [name, wrong]) => {
    const law = aggregatorLaws(aggregator(wrong), options).find((one) => one.name === name);
    await expect(law?.check()).rejects.toThrow(new RegExp(`^${name}: .*\\n {2}smallest records found \\(\\d+\\):`));
  });

  test("read an aggregate as the library's own reading does, and a plain record as none", () => {
    const users = [
      { key: 'é', data: new Uint8Array([1]) },
      { key: 'b', data: new Uint8Array(0), hash: '7' },
    ];
    expect(kplRecords(encodeAggregate(users))?.map(({ key, hash, data }) => [key, hash, data.length])).toEqual([
      ['é', undefined, 1],
      ['b', '7', 0],
    ]);
    expect(kplRecords(damaged(users))).toBeUndefined();
    expect(kplRecords(new Uint8Array(30))).toBeUndefined();
  });
});
