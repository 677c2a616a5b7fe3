import { hashKeyMax, hashKeyOf } from '../model/hash-key.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import { kplRecords } from './kpl-record.ts';

/** An aggregator under test: it takes user records and emits Kinesis records at any time. */
export type AggregatorSubject = {
  readonly add: (record: PutRecordInput) => unknown;
  /** Emits everything that is buffered. */
  readonly flush: () => unknown;
};
export type AggregatorWorld = {
  /** Emits one Kinesis record, aggregate or plain, as it would go into PutRecords. */
  readonly emit: (record: PutRecordInput) => void;
  /** The shard that is predicted for a record: by its explicit hash key, else by the MD5 of its key. */
  readonly shardOf: (record: Pick<PutRecordInput, 'key' | 'hash'>) => string;
};
export type MakeAggregator = (world: AggregatorWorld) => AggregatorSubject;

/** An emitted Kinesis record, and the user records in it. */
export type Emitted = {
  readonly record: PutRecordInput;
  readonly users: readonly PutRecordInput[];
  readonly isAggregate: boolean;
};
export type AggregatorDrive = { readonly given: readonly PutRecordInput[]; readonly emitted: readonly Emitted[] };

export type Decode = (data: Uint8Array) => readonly PutRecordInput[] | undefined;

export const driveAggregator = async (
  make: MakeAggregator,
  records: readonly PutRecordInput[],
  { shards, decode = kplRecords }: { readonly shards: number; readonly decode?: Decode | undefined },
): Promise<AggregatorDrive> => {
  const emitted: Emitted[] = [];
  const emit = (record: PutRecordInput): void => {
    const users = decode(record.data);
    emitted.push({ record, users: users ?? [record], isAggregate: users !== undefined });
  };
  const subject = make({ emit, shardOf: evenShards(shards) });
  for (const record of records) await subject.add(record);
  await subject.flush();
  return { given: records, emitted };
};

/** A stream whose shards are equally wide. */
export const evenShards =
  (shards: number): AggregatorWorld['shardOf'] =>
  ({ key, hash }) =>
    `shard-${((hash === undefined ? hashKeyOf(key) : BigInt(hash)) * BigInt(shards)) / (hashKeyMax + 1n)}`;
