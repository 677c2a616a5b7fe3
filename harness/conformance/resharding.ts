import type { RawInput } from '../kinesis/raw.ts';
import { must, setUp } from './outcome.ts';
import { middleOf, openOf, type Shard } from './shards.ts';
import type { ProbeStream } from './stream.ts';

type Reshard = 'SplitShard' | 'MergeShards' | 'UpdateShardCount';

/** A reshard before the tested call; waits until the stream is ACTIVE again. */
export const reshard = async <O extends Reshard>(
  stream: ProbeStream,
  operation: O,
  input: RawInput<O>,
): Promise<void> => {
  setUp(await stream.call(operation, input), operation);
  await stream.settle();
};

/** The shards before a split in the middle, and those after it. */
export type Split = { readonly parent: Shard; readonly after: readonly Shard[]; readonly children: readonly Shard[] };

/** Splits the first shard in its middle. */
export const splitFirst = async (stream: ProbeStream): Promise<Split> => {
  const [parent] = openOf(await stream.shards());
  must(parent !== undefined, 'ListShards lists no open shard');
  await reshard(stream, 'SplitShard', { ShardToSplit: parent.id, NewStartingHashKey: `${middleOf(parent)}` });
  const after = await stream.shards();
  return { parent, after, children: after.filter((shard) => shard.parents.includes(parent.id)) };
};

export type Merge = {
  readonly parents: readonly [Shard, Shard];
  readonly after: readonly Shard[];
  readonly child: Shard;
};

/** Merges the first two open shards, by hash key: ids do not show which shards are neighbours. */
export const mergeFirst = async (stream: ProbeStream): Promise<Merge> => {
  const [a, b] = openOf(await stream.shards()).toSorted((x, y) => (x.range[0] < y.range[0] ? -1 : 1));
  must(a !== undefined && b !== undefined, 'ListShards lists fewer than two open shards');
  await reshard(stream, 'MergeShards', { ShardToMerge: a.id, AdjacentShardToMerge: b.id });
  const after = await stream.shards();
  const child = after.find((shard) => shard.parents.includes(a.id));
  must(child !== undefined, `after MergeShards no shard names ${a.id} as a parent`);
  return { parents: [a, b], after, child };
};
