import type { GivenRecord } from '../../tap/read-records.ts';

/** One record of the event that a function receives. */
export type LambdaRecord = {
  readonly kinesis: {
    readonly kinesisSchemaVersion: '1.0';
    /** Absent where the stream distributes records by itself (AUTO), and the writer gave none. */
    readonly partitionKey?: string;
    readonly sequenceNumber: string;
    /** Base64. */
    readonly data: string;
    /** Unix seconds, with a fraction. */
    readonly approximateArrivalTimestamp?: number;
  };
  readonly eventSource: 'aws:kinesis';
  readonly eventVersion: '1.0';
  readonly eventID: string;
  readonly eventName: 'aws:kinesis:record';
  readonly invokeIdentityArn: string;
  readonly awsRegion: string;
  readonly eventSourceARN: string;
};

export type LambdaEvent = { readonly Records: readonly LambdaRecord[] };

export type EventSource = { readonly stream: string; readonly region: string; readonly arn?: string };

/** The account number of AWS's own examples: no engine here has real accounts. */
const account = '123456789012';

/**
 * A record as Lambda delivers it: the Kinesis record. An aggregate of the KPL arrives as one record, and the handler
 * has to unpack it: "aggregated records" need the deaggregation modules for Lambda. Sources:
 * docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, "Example event";
 * docs.aws.amazon.com/streams/latest/dev/kinesis-kpl-consumer-deaggregation.html.
 */
export const lambdaRecord = (
  record: GivenRecord,
  shard: string,
  { stream, region, arn }: EventSource,
): LambdaRecord => ({
  kinesis: {
    kinesisSchemaVersion: '1.0',
    ...(record.key === undefined ? {} : { partitionKey: record.key }),
    sequenceNumber: record.seq,
    data: Buffer.from(record.data).toString('base64'),
    ...(record.arrival === undefined ? {} : { approximateArrivalTimestamp: record.arrival / 1000 }),
  },
  eventSource: 'aws:kinesis',
  eventVersion: '1.0',
  eventID: `${shard}:${record.seq}`,
  eventName: 'aws:kinesis:record',
  invokeIdentityArn: `arn:aws:iam::${account}:role/lambda-role`,
  awsRegion: region,
  eventSourceARN: arn ?? `arn:aws:kinesis:${region}:${account}:stream/${stream}`,
});

/** The bytes of an event around the payload of one record: about 500, rounded up. */
const frameBytes = 600;

export const recordBytes = ({ data, key }: GivenRecord): number =>
  Math.ceil(data.byteLength / 3) * 4 + Buffer.byteLength(key ?? '') + frameBytes;

/** The shard of an event, whose records are all of one shard. Empty for an event without records. */
export const shardOf = ({ Records }: LambdaEvent): string => Records[0]?.eventID.split(':')[0] ?? '';
