import { setTimeout as wait } from 'node:timers/promises';
import {
  AddTagsToStreamCommand,
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type DescribeStreamSummaryCommandOutput,
  type KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  MergeShardsCommand,
  type Shard,
  SplitShardCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { systemClock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { ShardInfo } from '../model/event.ts';
import type { ControlPlane, StreamSummary } from './kinesis.ts';
import { streamSettings } from './stream-settings.ts';

/**
 * Streams and shards, by the patient client. Whatever goes wrong is a HarnessError('target') that names the call and
 * holds the engine's own words.
 */
export const controlPlane = (client: KinesisClient, timeoutMs: number): ControlPlane => {
  const named = async <T>(call: string, send: () => Promise<T>): Promise<T> => {
    try {
      return await send();
    } catch (thrown) {
      throw callError(call, thrown);
    }
  };
  const options = { requestTimeout: timeoutMs };
  const describe = (name: string): Promise<StreamSummary> =>
    named(`DescribeStreamSummary ${name}`, async () =>
      summaryOf(await client.send(new DescribeStreamSummaryCommand({ StreamName: name }), options)),
    );
  return {
    createStream: ({ name, shards, mode, tags, maxRecordSizeKiB, recordDistributionStrategy }) =>
      named(`CreateStream ${name}`, async () => {
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
      named(`DeleteStream ${name}`, async () => {
        await client.send(new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true }), options);
      }),
    describe,
    listShards: (name) => named(`ListShards ${name}`, () => allShards(client, name, options)),
    listStreams: () => named('ListStreams', () => allStreams(client, options)),
    listTags: (name) => named(`ListTagsForStream ${name}`, () => allTags(client, name, options)),
    addTags: (name, tags) =>
      named(`AddTagsToStream ${name}`, async () => {
        await client.send(new AddTagsToStreamCommand({ StreamName: name, Tags: { ...tags } }), options);
      }),
    splitShard: (name, shard, newStartingHashKey) =>
      named(`SplitShard ${shard}`, async () => {
        await client.send(
          new SplitShardCommand({ StreamName: name, ShardToSplit: shard, NewStartingHashKey: newStartingHashKey }),
          options,
        );
      }),
    mergeShards: (name, shard, adjacent) =>
      named(`MergeShards ${shard}, ${adjacent}`, async () => {
        await client.send(
          new MergeShardsCommand({ StreamName: name, ShardToMerge: shard, AdjacentShardToMerge: adjacent }),
          options,
        );
      }),
    updateShardCount: (name, target) =>
      named(`UpdateShardCount ${target}`, async () => {
        await client.send(
          new UpdateShardCountCommand({ StreamName: name, TargetShardCount: target, ScalingType: 'UNIFORM_SCALING' }),
          options,
        );
      }),
    ...streamSettings(client, named, options),
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

type Options = { readonly requestTimeout: number };
const pagesMax = 10_000;

const allShards = async (client: KinesisClient, name: string, options: Options): Promise<readonly ShardInfo[]> => {
  const shards: ShardInfo[] = [];
  let next: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const output = await client.send(
      new ListShardsCommand(next === undefined ? { StreamName: name } : { NextToken: next }),
      options,
    );
    for (const shard of output.Shards ?? []) shards.push(shardInfo(shard));
    next = output.NextToken;
    if (next === undefined || next === null) return shards;
  }
  throw new HarnessError('target', `ListShards ${name} did not end after ${pagesMax} pages`);
};

const shardInfo = (shard: Shard): ShardInfo => ({
  shard: shard.ShardId ?? '',
  range: [shard.HashKeyRange?.StartingHashKey ?? '0', shard.HashKeyRange?.EndingHashKey ?? '0'],
  parents: [shard.ParentShardId, shard.AdjacentParentShardId].filter(
    (parent) => parent !== undefined && parent !== null,
  ),
  seq: [
    shard.SequenceNumberRange?.StartingSequenceNumber ?? '0',
    shard.SequenceNumberRange?.EndingSequenceNumber ?? null,
  ],
});

const allStreams = async (client: KinesisClient, options: Options): Promise<readonly string[]> => {
  const names: string[] = [];
  for (let page = 0; page < pagesMax; page += 1) {
    const last = names.at(-1);
    const output = await client.send(
      new ListStreamsCommand({ Limit: 100, ...(last === undefined ? {} : { ExclusiveStartStreamName: last }) }),
      options,
    );
    names.push(...(output.StreamNames ?? []));
    if (output.HasMoreStreams !== true || (output.StreamNames ?? []).length === 0) return names;
  }
  return names;
};

const allTags = async (
  client: KinesisClient,
  name: string,
  options: Options,
): Promise<Readonly<Record<string, string>>> => {
  const tags: Record<string, string> = {};
  let last: string | undefined;
  for (let page = 0; page < 10; page += 1) {
    const output = await client.send(
      new ListTagsForStreamCommand({ StreamName: name, ...(last === undefined ? {} : { ExclusiveStartTagKey: last }) }),
      options,
    );
    for (const { Key, Value } of output.Tags ?? []) tags[Key ?? ''] = Value ?? '';
    last = output.Tags?.at(-1)?.Key;
    if (output.HasMoreTags !== true) break;
  }
  return tags;
};

const summaryOf = ({ StreamDescriptionSummary: summary }: DescribeStreamSummaryCommandOutput): StreamSummary => ({
  status: summary?.StreamStatus ?? 'not told',
  mode: summary?.StreamModeDetails?.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED',
  distribution: summary?.RecordDistributionStrategy === 'AUTO' ? 'AUTO' : 'USER_PARTITION_KEY',
  retentionHours: summary?.RetentionPeriodHours ?? 24,
  openShards: summary?.OpenShardCount ?? 0,
  arn: summary?.StreamARN ?? '',
  ...(summary?.EncryptionType === 'KMS' ? { encryptionKey: summary.KeyId ?? 'a key that is not told' } : {}),
  ...(summary?.MaxRecordSizeInKiB === undefined ? {} : { maxRecordSizeKiB: summary.MaxRecordSizeInKiB }),
});
