import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { mergeFirst, splitFirst } from '../../resharding.ts';

export const lineageIsKept: Claim = {
  area: 'reshard',
  wording: 'use the ID of the parent shard to track the lineage to the oldest shard.',
  source: 'SDK DescribeStream',
  probe: async (probe) => {
    const stream = await probe.stream();
    const first = await splitFirst(stream);
    await splitFirst(stream);
    const { after } = await mergeFirst(stream);
    const ids = after.map((shard) => shard.id);
    must(new Set(ids).size === ids.length, `a shard id is used twice: ${ids.join(' ')}`);
    const orphan = after.find((shard) => shard.parents.some((parent) => !ids.includes(parent)));
    must(orphan === undefined, `${orphan?.id} names ${orphan?.parents.join(' ')}, which ListShards does not list`);
    const unrooted = after.find((shard) => shard.parents.length === 0 && shard.id !== first.parent.id);
    must(unrooted === undefined, `${unrooted?.id} was made by a reshard and names no parent`);
    for (const shard of first.after) {
      const now = after.find((one) => one.id === shard.id);
      const kept = now?.range.join() === shard.range.join() && now?.parents.join() === shard.parents.join();
      must(kept, `${shard.id} changed its range or its parents in a later reshard`);
    }
    return 'after two splits and a merge each shard leads back to the first, unchanged';
  },
};
