import { tagKey } from './names.ts';

/**
 * The CloudFormation template of a scenario's stream, as a typed value. StreamModeDetails is always written: without
 * it AWS makes a PROVISIONED stream and LocalStack an ON_DEMAND one. Settings that the scenario does not mention are
 * left out.
 */
export type TemplateSpec = {
  /** If left out, CloudFormation names the stream. */
  readonly name?: string;
  readonly shards: number;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly run?: string;
  readonly retentionHours?: number;
  /** A KMS key: id, alias or ARN. */
  readonly encryptionKey?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** KiB: data and key of one record. */
  readonly maxRecordSizeKiB?: number;
  readonly recordDistributionStrategy?: 'USER_PARTITION_KEY' | 'AUTO';
  readonly consumers?: readonly string[];
};

type Tag = { readonly Key: string; readonly Value: string };
type Reference = { readonly Ref: string } | { readonly 'Fn::GetAtt': readonly [string, string] };

export type StreamResource = {
  readonly Type: 'AWS::Kinesis::Stream';
  readonly Properties: {
    readonly Name?: string;
    readonly StreamModeDetails: { readonly StreamMode: 'PROVISIONED' | 'ON_DEMAND' };
    readonly ShardCount?: number;
    readonly RetentionPeriodHours?: number;
    readonly StreamEncryption?: { readonly EncryptionType: 'KMS'; readonly KeyId: string };
    readonly MaxRecordSizeInKiB?: number;
    readonly RecordDistributionStrategy?: 'USER_PARTITION_KEY' | 'AUTO';
    readonly Tags?: readonly Tag[];
  };
};

export type ConsumerResource = {
  readonly Type: 'AWS::Kinesis::StreamConsumer';
  readonly Properties: { readonly ConsumerName: string; readonly StreamARN: Reference };
};

export type Template = {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Resources: Readonly<Record<string, StreamResource | ConsumerResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: Reference }>>;
};

export const streamTemplate = (spec: TemplateSpec): Template => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'The stream of a kinesis-order run; it is deleted with the run.',
  Resources: { Stream: streamResource(spec), ...consumerResources(spec.consumers ?? []) },
  Outputs: {
    StreamName: { Value: { Ref: 'Stream' } },
    StreamArn: { Value: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
  },
});

const streamResource = (spec: TemplateSpec): StreamResource => ({
  Type: 'AWS::Kinesis::Stream',
  Properties: {
    ...(spec.name === undefined ? {} : { Name: spec.name }),
    StreamModeDetails: { StreamMode: spec.mode },
    ...(spec.mode === 'PROVISIONED' ? { ShardCount: spec.shards } : {}),
    ...settings(spec),
    ...tagsOf(spec),
  },
});

const settings = ({
  retentionHours,
  encryptionKey,
  maxRecordSizeKiB,
  recordDistributionStrategy,
}: TemplateSpec): Partial<StreamResource['Properties']> => ({
  ...(retentionHours === undefined ? {} : { RetentionPeriodHours: retentionHours }),
  ...(encryptionKey === undefined ? {} : { StreamEncryption: { EncryptionType: 'KMS', KeyId: encryptionKey } }),
  ...(maxRecordSizeKiB === undefined ? {} : { MaxRecordSizeInKiB: maxRecordSizeKiB }),
  ...(recordDistributionStrategy === undefined ? {} : { RecordDistributionStrategy: recordDistributionStrategy }),
});

const tagsOf = ({ run, tags = {} }: TemplateSpec): { readonly Tags?: readonly Tag[] } => {
  const all = { ...tags, ...(run === undefined ? {} : { [tagKey]: run }) };
  const listed = Object.entries(all).map(([Key, Value]) => ({ Key, Value }));
  return listed.length === 0 ? {} : { Tags: listed };
};

const consumerResources = (names: readonly string[]): Readonly<Record<string, ConsumerResource>> =>
  Object.fromEntries(
    names.map((name, index) => [
      `Consumer${index + 1}`,
      {
        Type: 'AWS::Kinesis::StreamConsumer',
        Properties: { ConsumerName: name, StreamARN: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
      },
    ]),
  );
