import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';

/**
 * The limits of a service as data: each value with its unit and its source, a document or a measurement. Sizes are
 * bytes before base64. Code that batches, paces or checks asks a profile; no other file knows the numbers.
 */
export type Limit = {
  readonly value: number;
  readonly unit: 'records' | 'bytes' | 'characters' | 'records/s' | 'bytes/s';
  readonly source: string;
};

export type LimitProfile = {
  /** Entries of one PutRecords call. */
  readonly records: Limit;
  /** Data and keys of one PutRecords call. */
  readonly requestBytes: Limit;
  /** Data and key (UTF-8) of one record. */
  readonly recordBytes: Limit;
  /** Of a partition key, at most; counted in UTF-16 units, the stricter reading of "Unicode characters". */
  readonly keyCharacters: Limit;
  readonly shardRecordsPerSecond: Limit;
  readonly shardBytesPerSecond: Limit;
};
export type LimitName = keyof LimitProfile;
/** A profile reduced to its numbers, as the hot path wants them. */
export type Limits = Readonly<Record<LimitName, number>>;

const mebibyte = 1_048_576;
const sdk = 'AWS API reference, PutRecords';
const measured = 'measured: conformance';

const limit = (unit: Limit['unit']) => (value: number, source: string) => ({ value, unit, source }) satisfies Limit;
const records = limit('records');
const bytes = limit('bytes');

const aws = {
  records: records(500, sdk),
  requestBytes: bytes(10 * mebibyte, `${sdk}: 10 MiB a request, partition keys among them (5 MiB until 2025-10)`),
  recordBytes: bytes(
    mebibyte,
    'AWS API reference, CreateStream: MaxRecordSizeInKiB is 1,024 unless raised; data before base64 plus key',
  ),
  keyCharacters: limit('characters')(
    256,
    'AWS API reference, PutRecordsRequestEntry: 256 Unicode characters; the unit is not said, UTF-16 units are the stricter reading',
  ),
  shardRecordsPerSecond: limit('records/s')(1000, `${sdk}: 1,000 records a second and shard`),
  shardBytesPerSecond: limit('bytes/s')(mebibyte, `${sdk}: 1 MB a second and shard, partition keys among them`),
} as const satisfies LimitProfile;

/**
 * An engine's profile is what both the engine and AWS accept. If an engine accepts more (kinesis-local and LocalStack
 * take 501 records and more than 10 MiB), AWS's value stands; if it accepts less, its own. Measured in
 * reports/conformance.md. No emulator here throttles by rate.
 */
const unthrottled = {
  shardRecordsPerSecond: limit('records/s')(Number.MAX_SAFE_INTEGER, `${measured}: never throttled`),
  shardBytesPerSecond: limit('bytes/s')(Number.MAX_SAFE_INTEGER, `${measured}: never throttled`),
} as const;

const oneMebibyteOfData = {
  recordBytes: bytes(mebibyte, `${measured}, record-data-of-one-mib: 1 MiB of data; AWS counts the key too, so do we`),
} as const;

export const limitProfiles = {
  aws,
  'aws-2022': {
    ...aws,
    requestBytes: bytes(5 * mebibyte, 'AWS developer guide of 2022, as the streaming lab quotes it: 5 MiB a request'),
  },
  'kinesis-local': { ...aws, ...unthrottled, ...oneMebibyteOfData },
  kinesalite: {
    ...aws,
    ...unthrottled,
    ...oneMebibyteOfData,
    requestBytes: bytes(5 * mebibyte, `${measured}, ten-mib-a-call: 10 MiB is refused with 413, 5 MiB is stored`),
  },
  localstack: { ...aws, ...unthrottled, ...oneMebibyteOfData },
  moto: {
    ...aws,
    ...unthrottled,
    requestBytes: bytes(5 * mebibyte, `${measured}, ten-mib-a-call: 10 MiB is refused, 5 MiB is stored`),
    recordBytes: bytes(
      mebibyte,
      `${measured}, entry-size-counts-the-key: 1 MiB with the key in PutRecords; PutRecord takes more, AWS does not`,
    ),
  },
  ministack: {
    ...aws,
    ...unthrottled,
    ...oneMebibyteOfData,
    requestBytes: bytes(5 * mebibyte, `${measured}, ten-mib-a-call: 10 MiB is refused, 5 MiB is stored`),
  },
} as const satisfies Record<string, LimitProfile>;

export type LimitProfileName = keyof typeof limitProfiles;
export const limitProfileNames = Object.keys(limitProfiles) as readonly LimitProfileName[];
/** The profile of a scenario that names none. */
export const defaultProfile = 'aws' satisfies LimitProfileName;

/**
 * Returns a profile's numbers. A stream's own MaxRecordSizeInKiB (1,024 to 10,240) overrides the profile's. Throws
 * HarnessError('usage') for an unknown profile or another size.
 */
export const limitsOf = (profile: string, options: { readonly maxRecordSizeInKiB?: number } = {}): Limits => {
  if (!isKeyOf(limitProfiles, profile))
    throw new HarnessError('usage', `profile: there is no limit profile ${JSON.stringify(profile)}`, {
      hint: `one of ${limitProfileNames.join(', ')}`,
    });
  const { maxRecordSizeInKiB: kib } = options;
  if (kib !== undefined && !(Number.isInteger(kib) && kib >= 1024 && kib <= 10_240))
    throw new HarnessError('usage', `maxRecordSizeInKiB: ${kib} is not a whole number from 1024 to 10240`);
  const named: LimitProfile = limitProfiles[profile];
  const numbers = {
    records: named.records.value,
    requestBytes: named.requestBytes.value,
    recordBytes: kib === undefined ? named.recordBytes.value : kib * 1024,
    keyCharacters: named.keyCharacters.value,
    shardRecordsPerSecond: named.shardRecordsPerSecond.value,
    shardBytesPerSecond: named.shardBytesPerSecond.value,
  };
  return checkedLimits(numbers);
};

/** Returns the limits. Throws HarnessError('usage') for one that is not a whole number above zero. */
export const checkedLimits = (limits: Limits): Limits => {
  for (const [name, value] of Object.entries(limits))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new HarnessError('usage', `limits.${name}: ${value} is not a whole number above zero`);
  return limits;
};
