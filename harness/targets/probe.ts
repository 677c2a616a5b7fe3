import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { type RawInput, type RawOperation, rawClient } from '../kinesis/raw.ts';
import { systemClock } from '../lib/clock.ts';
import { probeCloudformation } from './probe-cloudformation.ts';
import type { Capabilities } from './target.ts';

export type Probe = { readonly capabilities: Capabilities; readonly slowness: number };

/**
 * The usual time of a put, in milliseconds: kinesis-local 0.6.2 answers a serial PutRecord in about 7 ms on two cores.
 * Slower engines get longer deadlines, never different work.
 */
const usualPutMs = 7;
const probeStream = 'kinesis-order-probe-of-a-stream-that-is-not-there';

/**
 * Probes the capabilities and the speed of an engine. A call about a missing stream is answered with
 * ResourceNotFoundException only if the engine knows the operation. Leaves nothing behind.
 */
export const probe = async (client: ClientOptions): Promise<Probe> => {
  const raw = rawClient({ ...client, requestTimeoutMs: Math.max(client.requestTimeoutMs, 15_000) });
  const knows = async <O extends RawOperation>(operation: O, input: RawInput<O>): Promise<boolean> => {
    const answer = await raw.call(operation, input);
    return answer.ok || answer.error === 'ResourceNotFoundException';
  };
  const StreamName = probeStream;
  const [splitShard, mergeShards, updateShardCount, subscribeToShard, onDemand, tags] = await Promise.all([
    knows('SplitShard', { StreamName, ShardToSplit: 'shardId-000000000000', NewStartingHashKey: '1' }),
    knows('MergeShards', {
      StreamName,
      ShardToMerge: 'shardId-000000000000',
      AdjacentShardToMerge: 'shardId-000000000001',
    }),
    knows('UpdateShardCount', { StreamName, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }),
    subscribes(raw, `arn:aws:kinesis:${client.region}:000000000000:stream/${StreamName}`),
    knows('UpdateStreamMode', {
      StreamARN: `arn:aws:kinesis:${client.region}:000000000000:stream/${StreamName}`,
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    }),
    knows('ListTagsForStream', { StreamName }),
  ]);
  raw.close();
  const cloudformation = await probeCloudformation(client);
  const slowness = await measure(client);
  return {
    capabilities: {
      splitShard,
      mergeShards,
      updateShardCount,
      subscribeToShard,
      onDemand,
      tags,
      cloudformation,
    },
    slowness,
  };
};

/**
 * True if consumers can subscribe. moto and kinesis-local before 0.6 register consumers, but no consumer can
 * subscribe. LocalStack reports a missing stream as an InternalError.
 */
const subscribes = async (raw: ReturnType<typeof rawClient>, stream: string): Promise<boolean> => {
  const input = { ConsumerARN: `${stream}/consumer/x:1`, ShardId: 'shardId-000000000000' };
  const answer = await raw.call('SubscribeToShard', { ...input, StartingPosition: { Type: 'LATEST' } });
  return answer.ok || /ResourceNotFoundException|Unable to find stream/.test(`${answer.error} ${answer.message}`);
};

/**
 * The median time of a call that every engine knows, as a factor of the usual time. At least 1, so that deadlines
 * never get shorter.
 */
const measure = async (client: ClientOptions): Promise<number> => {
  const kinesis = createKinesis({ ...client, requestTimeoutMs: Math.min(client.requestTimeoutMs, 5000) });
  const clock = systemClock();
  const took: number[] = [];
  try {
    for (let round = 0; round < 5; round += 1) {
      const before = clock.now();
      await kinesis.putRecord({ stream: probeStream, data: new Uint8Array(100), key: 'probe' });
      took.push((clock.now() - before) / 1000);
    }
  } finally {
    kinesis.close();
  }
  return slownessOf(took.sort((a, b) => a - b)[2] ?? usualPutMs);
};

/**
 * The maximum factor. A deadline a hundred times as long would be useless, so a slower engine runs into its timeouts.
 */
export const slownessMax = 10;

/** The factor of deadlines for a target with this response time. */
export const slownessOf = (putMs: number): number =>
  Math.min(slownessMax, Math.max(1, Math.round((putMs / usualPutMs) * 10) / 10));
