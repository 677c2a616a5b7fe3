import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { isSame, listed } from '../../probe-asserts.ts';

export const describeStreamPaging: Claim = {
  area: 'reads',
  wording: 'If set to true, more shards in the stream are available to describe.',
  source: 'SDK StreamDescription',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 5 });
    const all = (await stream.shards()).map((shard) => shard.id);
    const told: string[] = [];
    for (let pages = 0; pages < 9; pages += 1) {
      const after = told.at(-1);
      const input = { Limit: 2, ...(after === undefined ? {} : { ExclusiveStartShardId: after }) };
      const page = accepted(
        await stream.call('DescribeStream', input),
        'DescribeStream with Limit 2',
      ).StreamDescription;
      must((page?.Shards ?? []).length <= 2, `Limit 2 returned ${page?.Shards?.length} shards`);
      told.push(...(page?.Shards ?? []).map((shard) => String(shard.ShardId)));
      if (page?.HasMoreShards !== true) break;
    }
    must(isSame(told.toSorted(), all), `of ${listed(all)}, DescribeStream in pages of two tells ${listed(told)}`);
    return 'five shards in pages of two, each once';
  },
};
