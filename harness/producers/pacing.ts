import type { PutRecordInput } from '../model/put-fits.ts';
import { type Schedule, type TimeLine, timeLine } from './pace.ts';
import type { ProducerTools } from './producer.ts';
import type { Rate } from './send-options.ts';
import { createShardMap, type ShardMap } from './shard-map.ts';
import { shardPace } from './shard-pace.ts';

/** The meaning of `rate` for a producer: when records are due, and when calls may be sent. */
export type Pacing = {
  readonly line: TimeLine;
  /** Resolves when the call may be sent. */
  readonly leave: (call: readonly PutRecordInput[]) => Promise<void>;
  /** Present if a rate per shard, or the strategy, needs it. */
  readonly map: ShardMap | undefined;
};

/** The pacing for a rate: a number is for the producer; `limits` and an object are for each shard. */
export const pacingOf = async (
  { limits, shards, clock, signal, seed }: Pick<ProducerTools, 'limits' | 'shards' | 'clock' | 'signal' | 'seed'>,
  { rate, arrivals }: { readonly rate?: Rate | undefined } & Pick<Schedule, 'arrivals'>,
  needsMap: boolean,
): Promise<Pacing> => {
  const handed = typeof rate === 'number' ? rate : undefined;
  const line = timeLine(clock, { rate: handed, arrivals, seed });
  const perShard =
    rate === 'limits'
      ? { records: limits.shardRecordsPerSecond, bytes: limits.shardBytesPerSecond }
      : typeof rate === 'object'
        ? rate
        : undefined;
  if (perShard === undefined && !needsMap) return { line, leave: () => Promise.resolve(), map: undefined };
  const map = createShardMap(shards);
  await map.refresh();
  const leave = perShard === undefined ? () => Promise.resolve() : shardPace({ rate: perShard, map, clock, signal });
  return { line, leave, map };
};
