import { setTimeout as wait } from 'node:timers/promises';
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
import { systemClock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { summaryFields, wrongField } from '../model/answer-fields.ts';
import type { ControlPlane, StreamSummary } from './kinesis.ts';
import { allShards, allStreams, allTags, assertFields, type SendOptions } from './list-all.ts';
import { streamSettings } from './stream-settings.ts';

/**
 * Streams and shards, by the patient client. Whatever goes wrong is a HarnessError('target') that names the call and
 * holds the engine's own words.
 */
export const controlPlane = (client: KinesisClient, timeoutMs: number): ControlPlane => {
  const named = async <T>(call: string, send: (options: SendOptions) => Promise<T>): Promise<T> => {
    const deadlineMs = timeoutMs * patience;
    const abortSignal = AbortSignal.timeout(deadlineMs);
    try {
      return await send({ requestTimeout: timeoutMs, abortSignal });
    } catch (thrown) {
      throw abortSignal.aborted ? lateError(call, deadlineMs, thrown) : callError(call, thrown);
    }
  };
  const describe = (name: string): Promise<StreamSummary> =>
    named(`DescribeStreamSummary ${name}`, async (options) =>
      summaryOf(name, await client.send(new DescribeStreamSummaryCommand({ StreamName: name }), options)),
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
    describe,
    listShards: (name) => named(`ListShards ${name}`, (options) => allShards(client, name, options)),
    listStreams: () => named('ListStreams', (options) => allStreams(client, options)),
    listTags: (name) => named(`ListTagsForStream ${name}`, (options) => allTags(client, name, options)),
    addTags: (name, tags) =>
      named(`AddTagsToStream ${name}`, async (options) => {
        await client.send(new AddTagsToStreamCommand({ StreamName: name, Tags: { ...tags } }), options);
      }),
    splitShard: (name, shard, newStartingHashKey) =>
      named(`SplitShard ${shard}`, async (options) => {
        await client.send(
          new SplitShardCommand({ StreamName: name, ShardToSplit: shard, NewStartingHashKey: newStartingHashKey }),
          options,
        );
      }),
    mergeShards: (name, shard, adjacent) =>
      named(`MergeShards ${shard}, ${adjacent}`, async (options) => {
        await client.send(
          new MergeShardsCommand({ StreamName: name, ShardToMerge: shard, AdjacentShardToMerge: adjacent }),
          options,
        );
      }),
    updateShardCount: (name, target) =>
      named(`UpdateShardCount ${target}`, async (options) => {
        await client.send(
          new UpdateShardCountCommand({ StreamName: name, TargetShardCount: target, ScalingType: 'UNIFORM_SCALING' }),
          options,
        );
      }),
    ...streamSettings(client, named),
    waitActive: async (name, deadlineMs, signal) => {
      let last = 'no answer';
      const summary = await until(deadlineMs, signal, async () => {
        const seen = await describe(name);
        last = seen.status;
        return seen.status === 'ACTIVE' ? seen : undefined;
      });
      if (summary !== undefined) return summary;
      throw new HarnessError('target', `stream ${name} was still ${last} after ${deadlineMs} ms`, {
        hint: 'the engine is slow or stuck: look at its log, or give the scenario a larger budget',
      });
    },
    waitGone: async (name, deadlineMs) => {
      const isGone = await until(deadlineMs, undefined, async () =>
        describe(name).then(
          () => undefined,
          (thrown: unknown) =>
            errorName(thrown) === 'ResourceNotFoundException' ? true : Promise.reject(thrown as Error),
        ),
      );
      if (isGone === undefined)
        throw new HarnessError('target', `stream ${name} was still there ${deadlineMs} ms after DeleteStream`);
    },
  };
};

/**
 * Asks again, at first quickly, until there is an answer or the deadline is over: an engine has no event to wait for.
 */
const until = async <T>(
  deadlineMs: number,
  signal: AbortSignal | undefined,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> => {
  const clock = systemClock();
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (clock.now() / 1000 + pauseMs > deadlineMs) return undefined;
    await wait(pauseMs, undefined, signal === undefined ? {} : { signal });
  }
};

/** One call, all its attempts and pages together, may take so many times the timeout of one request. */
const patience = 2;

const lateError = (call: string, deadlineMs: number, cause: unknown): HarnessError =>
  new HarnessError('target', `${call} was not answered within ${deadlineMs} ms`, {
    hint: 'the engine hangs, or is very slow: look at its log',
    cause,
  });

const callError = (call: string, thrown: unknown): HarnessError =>
  thrown instanceof HarnessError
    ? thrown
    : new HarnessError('target', `${call}: ${thrown instanceof Error ? thrown.name : 'Error'}: ${wordsOf(thrown)}`, {
        cause: thrown,
      });

/** A refused connection has many addresses and no words of its own. */
const wordsOf = (thrown: unknown): string => {
  const words = messageOf(thrown);
  if (words !== '') return words;
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'no words';
};

/** The service's name of an error, also behind a HarnessError. */
export const errorName = (thrown: unknown): string =>
  thrown instanceof HarnessError && thrown.cause instanceof Error
    ? thrown.cause.name
    : thrown instanceof Error
      ? thrown.name
      : '';

const summaryOf = (
  name: string,
  { StreamDescriptionSummary: summary }: DescribeStreamSummaryCommandOutput,
): StreamSummary => {
  assertFields(`DescribeStreamSummary ${name}`, wrongField(summary, summaryFields));
  return {
    status: summary?.StreamStatus ?? 'not told',
    mode: summary?.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED',
    distribution: summary?.RecordDistributionStrategy === 'AUTO' ? 'AUTO' : 'USER_PARTITION_KEY',
    retentionHours: summary?.RetentionPeriodHours ?? 24,
    openShards: summary?.OpenShardCount ?? 0,
    arn: summary?.StreamARN ?? '',
    ...(summary?.EncryptionType === 'KMS' ? { encryptionKey: summary.KeyId ?? 'a key that is not told' } : {}),
    ...(summary?.MaxRecordSizeInKiB === undefined ? {} : { maxRecordSizeKiB: summary.MaxRecordSizeInKiB }),
  };
};
