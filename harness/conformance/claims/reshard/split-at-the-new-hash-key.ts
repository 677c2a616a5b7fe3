import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { reshard } from '../../resharding.ts';
import { shapeOf } from '../../shards.ts';

export const splitAtTheNewHashKey: Claim = {
  area: 'reshard',
  wording:
    'The NewStartingHashKey hash key value and all higher hash key values in hash key range are distributed to one of the child shards. All the lower hash key values in the range are distributed to the other child shard.',
  source: 'SDK SplitShardInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const at = 1234567890123456789n;
    const [parent] = await stream.shards();
    await reshard(stream, 'SplitShard', { ShardToSplit: parent?.id, NewStartingHashKey: `${at}` });
    const after = await stream.shards();
    const low = after.find((shard) => shard.parents.length > 0 && shard.range[1] === at - 1n);
    const high = after.find((shard) => shard.parents.length > 0 && shard.range[0] === at);
    must(low !== undefined && high !== undefined, `split at ${at}: ${shapeOf(after)}`);
    for (const [hash, shard] of [
      [at - 1n, low],
      [at, high],
    ] as const) {
      const place = await stream.put({ key: 'k', data: 'x', hash: `${hash}` });
      must(place.shard === shard.id, `after a split at ${at} hash key ${hash} went to ${place.shard}, not ${shard.id}`);
    }
    return 'the hash key itself goes to the higher child, the one below it to the lower';
  },
};
