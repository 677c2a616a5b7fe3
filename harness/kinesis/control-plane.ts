import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type DescribeStreamSummaryCommandOutput,
  type KinesisClient,
  MergeShardsCommand,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { HarnessError } from '../lib/error.ts';
import { visible } from '../lib/visible.ts';
import { summaryFields, wrongField } from '../model/answer-fields.ts';
import type { ControlPlane, FanOut, StreamSummary } from './kinesis.ts';
import { notingRefusals } from './last-refusal.ts';
import { allShards, allStreams, allTags, assertFields, type SendOptions } from './list-all.ts';
import { errorNameOf, wordsOf } from './put-outcome.ts';
import { streamConsumers } from './stream-consumers.ts';
import { streamSettings } from './stream-settings.ts';
import { waits } from './waits.ts';

type ConsumerPlane = Pick<FanOut, 'registerConsumer' | 'deregisterConsumer'>;

/**
 * The calls about streams and shards, with the patient client. Reshards use a client that sends each call once: if the
 * answer is lost, only the shards show if the reshard was carried out. Every failure is a HarnessError('target') with
 * the name of the call and the engine's own message.
 */
export const controlPlane = (
  client: KinesisClient,
  measured: KinesisClient,
  timeoutMs: number,
): ControlPlane & ConsumerPlane => {
  const named = async <T>(call: string, send: Send<T>, withinMs = Number.POSITIVE_INFINITY): Promise<T> => {
    const deadlineMs = Math.round(Math.min(timeoutMs * patience, withinMs));
    const abortSignal = AbortSignal.timeout(deadlineMs);
    const { sent, last } = notingRefusals(() => send({ requestTimeout: timeoutMs, abortSignal }));
    try {
      return await sent;
    } catch (thrown) {
      if (!abortSignal.aborted) throw callError(call, thrown);
      const refusal = last();
      throw refusal === undefined ? lateError(call, deadlineMs, thrown) : refusedError(call, deadlineMs, refusal);
    }
  };
  const describe = (name: string, withinMs?: number): Promise<StreamSummary> =>
    named(
      `DescribeStreamSummary ${name}`,
      async (options) =>
        summaryOf(name, await client.send(new DescribeStreamSummaryCommand({ StreamName: name }), options)),
      withinMs,
    );
  return {
    createStream: ({ name, shards, mode, tags, maxRecordSizeKiB, recordDistributionStrategy }) =>
      named(`CreateStream ${name}`, async (options) => {
        await client.send(
          new CreateStreamCommand({
            StreamName: name,
            ...(mode === 'PROVISIONED' ? { ShardCount: shards } : {}),
            StreamModeDetails: { StreamMode: mode },
            ...(Object.keys(tags).length === 0 ? {} : { Tags: { ...tags } }),
            ...(maxRecordSizeKiB === undefined ? {} : { MaxRecordSizeInKiB: maxRecordSizeKiB }),
            ...(recordDistributionStrategy === undefined
              ? {}
              : { RecordDistributionStrategy: recordDistributionStrategy }),
          }),
          options,
        );
      }),
    deleteStream: (name) =>
      named(`DeleteStream ${name}`, async (options) => {
        await client.send(new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true }), options);
      }),
    describe: (name) => describe(name),
    listShards: (name) => named(`ListShards ${name}`, (options) => allShards(client, name, options)),
    listStreams: () => named('ListStreams', (options) => allStreams(client, options)),
    listTags: (name) => named(`ListTagsForStream ${name}`, (options) => allTags(client, name, options)),
    addTags: (name, tags) =>
      named(`AddTagsToStream ${name}`, async (options) => {
        await client.send(new AddTagsToStreamCommand({ StreamName: name, Tags: { ...tags } }), options);
      }),
    splitShard: (name, shard, newStartingHashKey) =>
      named(`SplitShard ${shard}`, async (options) => {
        await measured.send(
          new SplitShardCommand({ StreamName: name, ShardToSplit: shard, NewStartingHashKey: newStartingHashKey }),
          options,
        );
      }),
    mergeShards: (name, shard, adjacent) =>
      named(`MergeShards ${shard}, ${adjacent}`, async (options) => {
        await measured.send(
          new MergeShardsCommand({ StreamName: name, ShardToMerge: shard, AdjacentShardToMerge: adjacent }),
          options,
        );
      }),
    updateShardCount: (name, target) =>
      named(`UpdateShardCount ${target}`, async (options) => {
        await measured.send(
          new UpdateShardCountCommand({ StreamName: name, TargetShardCount: target, ScalingType: 'UNIFORM_SCALING' }),
          options,
        );
      }),
    ...streamSettings(client, named),
    ...waits(describe),
    ...streamConsumers(client, named, describe),
  };
};

/** All attempts and pages of a call together may take this many times the timeout of one request. */
const patience = 1.5;

type Send<T> = (options: SendOptions) => Promise<T>;

const lateError = (call: string, deadlineMs: number, cause: unknown): HarnessError =>
  new HarnessError('target', `${call} was not answered within ${deadlineMs} ms`, {
    hint: 'the engine hangs, or is very slow: check its log',
    cause,
  });

const refusedError = (call: string, deadlineMs: number, cause: Error): HarnessError =>
  new HarnessError(
    'target',
    visible(`${call} was refused again and again for ${deadlineMs} ms: ${errorNameOf(cause)}: ${wordsOf(cause)}`),
    { hint: 'the engine answers, and refuses this call: check its limits and its log', cause },
  );

const callError = (call: string, thrown: unknown): HarnessError =>
  thrown instanceof HarnessError
    ? thrown
    : new HarnessError('target', visible(`${call}: ${errorNameOf(thrown)}: ${wordsOf(thrown) || 'no message'}`), {
        cause: thrown,
      });

const summaryOf = (
  name: string,
  { StreamDescriptionSummary: summary }: DescribeStreamSummaryCommandOutput,
): StreamSummary => {
  assertFields(`DescribeStreamSummary ${name}`, wrongField(summary, summaryFields));
  return {
    status: summary?.StreamStatus ?? 'not reported',
    mode: summary?.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED',
    distribution: summary?.RecordDistributionStrategy === 'AUTO' ? 'AUTO' : 'USER_PARTITION_KEY',
    retentionHours: summary?.RetentionPeriodHours ?? 24,
    openShards: summary?.OpenShardCount ?? 0,
    arn: summary?.StreamARN ?? '',
    ...(summary?.EncryptionType === 'KMS' ? { encryptionKey: summary.KeyId ?? 'a key that is not reported' } : {}),
    ...(summary?.MaxRecordSizeInKiB === undefined ? {} : { maxRecordSizeKiB: summary.MaxRecordSizeInKiB }),
  };
};
