import fc from 'fast-check';
import { hashKeyMax } from '../model/hash-key.ts';
import { limitsOf } from '../model/limits.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import {
  type AggregatorDrive,
  type Decode,
  driveAggregator,
  evenShards,
  type MakeAggregator,
} from './aggregator-subject.ts';
import { keyArbitrary } from './arbitraries.ts';
import type { Law } from './batcher-laws.ts';
import { type HoldOptions, hold, holdAtEdges } from './run-law.ts';
import { missing, overSize, reorderedUsers, strayed, wrapped } from './wrong-aggregates.ts';

/**
 * The laws of an aggregator in the KPL's format, used like `batcherLaws`. Records are told apart by their content,
 * because an aggregator copies bytes.
 */
export type AggregatorLawName =
  | 'what was given comes out, and nothing else'
  | 'no aggregate is over its size or count'
  | 'a key keeps its order'
  | 'an aggregate is of one predicted shard'
  | 'a lone record goes plain';

export type AggregatorLawOptions = HoldOptions & {
  /** The most bytes of an aggregate's data, before base64: the KPL's AggregationMaxSize. */
  readonly bytesMax?: number;
  /** The most user records of one aggregate: the KPL's AggregationMaxCount. */
  readonly countMax?: number;
  /** The number of shards of the stream for which shards are predicted. */
  readonly shards?: number;
  /** For another format: returns the user records in a Kinesis record's data, undefined for a plain one. */
  readonly decode?: Decode;
};

const kplBytesMax = 51_200;

export const aggregatorLaws = (
  make: MakeAggregator,
  options: AggregatorLawOptions = {},
): readonly Law<AggregatorLawName>[] => {
  const { bytesMax = kplBytesMax, countMax = Number.POSITIVE_INFINITY, shards = 3, decode } = options;
  const plans = fc.record({ records: userRecordsArbitrary(bytesMax) });
  const law = (
    name: AggregatorLawName,
    broken: (seen: AggregatorDrive) => string | undefined,
  ): Law<AggregatorLawName> => ({
    name,
    check: async () => {
      const seenOf = (records: readonly PutRecordInput[]): Promise<AggregatorDrive> =>
        driveAggregator(make, records, { shards, decode });
      await hold(name, plans, async ({ records }) => broken(await seenOf(records)), options);
      await holdAtEdges(name, aggregateEdges(bytesMax, countMax), async (edge) => broken(await seenOf(edge)));
    },
  });
  return [
    law('what was given comes out, and nothing else', missing),
    law('no aggregate is over its size or count', (seen) => overSize(seen, { bytesMax, countMax })),
    law('a key keeps its order', reorderedUsers),
    law('an aggregate is of one predicted shard', (seen) => strayed(seen, evenShards(shards))),
    law('a lone record goes plain', wrapped),
  ];
};

export const checkAggregatorLaws = async (make: MakeAggregator, options: AggregatorLawOptions = {}): Promise<void> => {
  for (const { check } of aggregatorLaws(make, options)) await check();
};

const hashArbitrary = fc.constantFrom('0', '1', String(hashKeyMax / 2n), String(hashKeyMax));

/** User records with different bytes: mostly small ones, and sometimes one that fills an aggregate or nearly so. */
export const userRecordsArbitrary = (bytesMax: number): fc.Arbitrary<readonly PutRecordInput[]> =>
  fc
    .array(
      fc.record(
        {
          key: keyArbitrary(limitsOf('aws')),
          size: fc.oneof(
            { weight: 8, arbitrary: fc.integer({ min: 0, max: Math.max(1, Math.floor(bytesMax / 8)) }) },
            fc.integer({ min: Math.max(0, bytesMax - 60), max: bytesMax }),
          ),
          hash: hashArbitrary,
        },
        { requiredKeys: ['key', 'size'] },
      ),
      { maxLength: 40 },
    )
    .map((all) => all.map(({ size, ...rest }, index) => ({ ...rest, data: numbered(index, size) })));

const sweepBytes = 80;
/** Lists at the edge of a larger count are not made. */
const countEdgeMax = 5_000;

/**
 * Pairs of records whose sizes grow past the limit byte by byte, so that uncounted bytes show. Lists of one record
 * less than the most, the most, and one more.
 */
const aggregateEdges = (bytesMax: number, countMax: number): readonly (readonly PutRecordInput[])[] => [
  ...['a', '漢'.repeat(20)].flatMap((key) =>
    Array.from({ length: sweepBytes }, (_, off) => [
      { key, data: numbered(0, Math.max(0, bytesMax - sweepBytes - Buffer.byteLength(key) + off)) },
      { key, data: numbered(1, 3) },
    ]),
  ),
  ...(countMax > countEdgeMax
    ? []
    : [-1, 0, 1].map((off) =>
        Array.from({ length: countMax + off }, (_, index) => ({ key: 'a', data: numbered(index, 0) })),
      )),
];

/** Distinct bytes for each record: its index comes first. */
const numbered = (index: number, size: number): Uint8Array => {
  const data = new Uint8Array(2 + size);
  new DataView(data.buffer).setUint16(0, index);
  return data;
};
