import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { isSame, listed } from '../../probe-asserts.ts';
import { restOfList } from '../../shards.ts';

export const listShardsExclusiveStart: Claim = {
  area: 'reads',
  wording: 'list the shards starting with the shard whose ID immediately follows ExclusiveStartShardId.',
  source: 'SDK ListShardsInput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 4 });
    const all = (await stream.shards()).map((shard) => shard.id);
    const input = { ExclusiveStartShardId: all[1] };
    const output = accepted(await stream.call('ListShards', input), 'ListShards with ExclusiveStartShardId');
    const told = (await restOfList(probe.call, output)).map(({ id }) => id);
    must(isSame(told, all.slice(2)), `after ${all[1]} of four shards, ListShards lists ${listed(told)}`);
    return 'after the second of four shards, the last two';
  },
};
