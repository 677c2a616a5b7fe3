import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { isSame, listed } from '../../probe-asserts.ts';
import { splitFirst } from '../../resharding.ts';
import { openOf, restOfList } from '../../shards.ts';

export const listShardsFilters: Claim = {
  area: 'reads',
  wording: 'AT_LATEST - the response includes only the currently open shards of the data stream.',
  source: 'SDK ShardFilter',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { after } = await splitFirst(stream);
    const ids = { AT_LATEST: openOf(after).map(({ id }) => id), FROM_TRIM_HORIZON: after.map(({ id }) => id) };
    for (const [Type, expected] of Object.entries(ids)) {
      const output = accepted(await stream.call('ListShards', { ShardFilter: { Type } }), `ListShards ${Type}`);
      const told = (await restOfList(probe.call, output)).map(({ id }) => id);
      must(isSame(told, expected), `after a split ${Type} lists ${listed(told)}, not ${listed(expected)}`);
    }
    return 'after a split AT_LATEST lists the children, FROM_TRIM_HORIZON all three';
  },
};
