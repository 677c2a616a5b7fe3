import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { isSame, listed } from '../../probe-asserts.ts';

export const listShardsExclusiveStart: Claim = {
  area: 'reads',
  wording: 'list the shards starting with the shard whose ID immediately follows ExclusiveStartShardId.',
  source: 'SDK ListShardsInput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 4 });
    const all = (await stream.shards()).map((shard) => shard.id);
    const input = { ExclusiveStartShardId: all[1] };
    const output = accepted(await stream.call('ListShards', input), 'ListShards with ExclusiveStartShardId');
    const told = (output.Shards ?? []).map((shard) => String(shard.ShardId));
    must(isSame(told, all.slice(2)), `after ${all[1]} of four shards, ListShards lists ${listed(told)}`);
    return 'after the second of four shards, the last two';
  },
};
