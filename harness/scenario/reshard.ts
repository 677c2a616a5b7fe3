import { z } from 'zod';

const afterAcked = z.int().min(0);
const shardOptions = {
  /** Begins when this many records were acknowledged. */
  afterAcked,
  /** Index among the open shards, from 0 at the lowest hash range, or a shard's name. Default 0. */
  shard: z
    .union([z.int().min(0), z.string().regex(/^shardId-\d{12}$/)], {
      error: 'expected an index from 0, or a name such as shardId-000000000001',
    })
    .default(0),
};
const countOptions = {
  /** Begins when this many records were acknowledged. */
  afterAcked,
  /** The number of shards afterwards. */
  target: z.int().min(1).max(10_000),
};

export const reshardSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('SplitShard'), ...shardOptions }),
  z.strictObject({ action: z.literal('MergeShards'), ...shardOptions }),
  z.strictObject({ action: z.enum(['UpdateShardCount', 'UpdateStack']), ...countOptions }),
]);

/** A reshard as a scenario holds it. */
export type ReshardInput = Readonly<z.input<typeof reshardSchema>>;

type OfShard = Omit<Extract<ReshardInput, { action: 'SplitShard' }>, 'action'>;
type ToCount = Omit<Extract<ReshardInput, { action: 'UpdateShardCount' | 'UpdateStack' }>, 'action'>;

/** Splits an open shard in the middle of its range. */
export const splitShard = (options: OfShard): ReshardInput => ({ action: 'SplitShard', ...options });

/** Merges an open shard with the next one in order of hash range. */
export const mergeShards = (options: OfShard): ReshardInput => ({ action: 'MergeShards', ...options });

/** Changes the number of shards by UpdateShardCount. */
export const updateShardCount = (options: ToCount): ReshardInput => ({ action: 'UpdateShardCount', ...options });

/** Changes the number of shards in the stream's template and updates the stack. */
export const updateStack = (options: ToCount): ReshardInput => ({ action: 'UpdateStack', ...options });
