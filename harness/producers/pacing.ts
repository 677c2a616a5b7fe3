import type { PutRecordInput } from '../model/put-fits.ts';
import { type Schedule, type TimeLine, timeLine } from './pace.ts';
import type { ProducerTools } from './producer.ts';
import type { Rate } from './send-options.ts';
import { createShardMap, type ShardMap } from './shard-map.ts';
import { shardPace } from './shard-pace.ts';

/** What a `rate` means to a producer: when records are handed over, and when calls may go. */
export type Pacing = {
  readonly line: TimeLine;
  /** Resolves when the call may go. */
  readonly leave: (call: readonly PutRecordInput[]) => Promise<void>;
  /** Where a rate of each shard, or the strategy, asks for one. */
  readonly map: ShardMap | undefined;
};

/** A number is of the producer; `limits` and an object are of each shard. */
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
