import { HarnessError, messageOf } from '../lib/error.ts';
import type { EventBody, ShardInfo } from '../model/event.ts';
import type { ReshardPlan } from '../scenario/resolved.ts';
import type { Counters } from './counters.ts';
import type { DriveOptions } from './drive-options.ts';
import { openShards, recordTopology } from './topology.ts';

export type ReshardOptions = DriveOptions & { readonly counts: Counters };

/** The planned reshards, one after the other, each when its count of records was acknowledged: never by time. */
export const reshards = async (options: ReshardOptions): Promise<void> => {
  for (const [index, plan] of options.scenario.reshard.entries()) {
    await options.counts.reached(plan.afterAcked);
    if (options.signal.aborted) return;
    await reshard(options, index + 1, plan);
  }
};

const reshard = async (options: ReshardOptions, id: number, plan: ReshardPlan): Promise<void> => {
  const { kinesis, stream, recorder, scenario, target, signal } = options;
  const step = stepOf(options, plan, openShards(await kinesis.listShards(stream)));
  recorder.write({ type: 'reshard', id, phase: 'invoke', action: plan.action, ...step.fields });
  try {
    await step.call();
    await kinesis.waitActive(stream, scenario.budget.reshardMs * target.slowness, signal);
    recorder.write({ type: 'reshard', id, phase: 'ok' });
  } catch (thrown) {
    // Whether it went through is not known: the topology that follows tells.
    recorder.write({ type: 'reshard', id, phase: 'info', error: messageOf(thrown) });
    throw thrown;
  } finally {
    if (!signal.aborted) await recordTopology(options);
  }
};

type Fields = Pick<Extract<EventBody, { type: 'reshard' }>, 'shards' | 'newStartingHashKey' | 'target'>;
type Step = { readonly fields: Fields; readonly call: () => Promise<void> };

const stepOf = ({ kinesis, stream }: ReshardOptions, plan: ReshardPlan, open: readonly ShardInfo[]): Step => {
  if (plan.action === 'UpdateShardCount') {
    return { fields: { target: plan.target }, call: () => kinesis.updateShardCount(stream, plan.target) };
  }
  const shard = open[plan.shard];
  if (shard === undefined)
    throw new HarnessError('usage', `reshard: there is no open shard ${plan.shard}; the stream has ${open.length}`);
  if (plan.action === 'SplitShard') {
    const middle = String((BigInt(shard.range[0]) + BigInt(shard.range[1]) + 1n) / 2n);
    return {
      fields: { shards: [shard.shard], newStartingHashKey: middle },
      call: () => kinesis.splitShard(stream, shard.shard, middle),
    };
  }
  const neighbour = open[plan.shard + 1];
  if (neighbour === undefined)
    throw new HarnessError('usage', `reshard: open shard ${plan.shard} has no neighbour above it to merge with`);
  return {
    fields: { shards: [shard.shard, neighbour.shard] },
    call: () => kinesis.mergeShards(stream, shard.shard, neighbour.shard),
  };
};
