import type { Claim } from '../../claim.ts';
import { accepted, must, setUp } from '../../outcome.ts';
import { isSame, listed } from '../../probe-asserts.ts';

export const listShardsPaging: Claim = {
  area: 'reads',
  wording:
    'When the number of shards to be listed is greater than the value of MaxResults, the response contains a NextToken value that you can use in a subsequent call to ListShards to list the next set of shards.',
  source: 'SDK ListShardsInput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 5 });
    const all = (await stream.shards()).map((shard) => shard.id);
    const paged: string[] = [];
    let output = setUp(await stream.call('ListShards', { MaxResults: 2 }), 'ListShards');
    for (let pages = 0; pages < 9; pages += 1) {
      must((output.Shards ?? []).length <= 2, `MaxResults 2 returned ${output.Shards?.length} shards`);
      paged.push(...(output.Shards ?? []).map((shard) => String(shard.ShardId)));
      const NextToken = output.NextToken ?? undefined;
      if (NextToken === undefined) break;
      output = accepted(await probe.call('ListShards', { NextToken, MaxResults: 2 }), 'ListShards with NextToken');
    }
    must(isSame(paged.toSorted(), all), `of ${listed(all)}, pages of two list ${listed(paged)}`);
    return 'five shards in pages of two, each once';
  },
};
