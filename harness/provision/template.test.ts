import { expect, test } from 'vitest';
import { stackNameOf, streamNameOf } from './names.ts';
import { streamTemplate } from './template.ts';

test('a template always says the mode, since engines disagree on what is meant without', () => {
  const { Resources } = streamTemplate({ name: 's', shards: 2, mode: 'PROVISIONED', run: 'r-1' });
  expect(Resources).toEqual({
    Stream: {
      Type: 'AWS::Kinesis::Stream',
      Properties: {
        Name: 's',
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        ShardCount: 2,
        Tags: [{ Key: 'kinesis-order', Value: 'r-1' }],
      },
    },
  });
});

test('an ON_DEMAND stream has no shard count, which CloudFormation refuses there', () => {
  const { Stream } = streamTemplate({ shards: 4, mode: 'ON_DEMAND' }).Resources;
  expect(Stream?.Properties).toEqual({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
});

test('what was asked for is written: retention, encryption, and a consumer for each name', () => {
  const { Resources } = streamTemplate({
    shards: 1,
    mode: 'PROVISIONED',
    retentionHours: 48,
    encryptionKey: 'alias/aws/kinesis',
    consumers: ['a', 'b'],
  });
  expect(Object.keys(Resources)).toEqual(['Stream', 'Consumer1', 'Consumer2']);
  expect(Resources['Stream']?.Properties).toMatchObject({
    RetentionPeriodHours: 48,
    StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
  });
});

test('a stack is named after its stream, in the characters that stacks allow', () => {
  expect(stackNameOf(streamNameOf('r-1', 'two_words.and'))).toBe('kinesis-order-r-1-two-words-and');
});

test('tags of the scenario stand before the one by which the harness finds its own', () => {
  const { Stream } = streamTemplate({ shards: 1, mode: 'PROVISIONED', run: 'r-1', tags: { team: 'rides' } }).Resources;
  expect(Stream?.Properties).toMatchObject({
    Tags: [
      { Key: 'team', Value: 'rides' },
      { Key: 'kinesis-order', Value: 'r-1' },
    ],
  });
});

test('record size and distribution are written under the names of CloudFormation', () => {
  const { Stream } = streamTemplate({
    shards: 1,
    mode: 'ON_DEMAND',
    maxRecordSizeKiB: 2048,
    recordDistributionStrategy: 'USER_PARTITION_KEY',
  }).Resources;
  expect(Stream?.Properties).toMatchObject({
    MaxRecordSizeInKiB: 2048,
    RecordDistributionStrategy: 'USER_PARTITION_KEY',
  });
});
