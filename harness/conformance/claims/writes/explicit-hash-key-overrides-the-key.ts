import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';

/** Tests the first and the last hash key of every shard, where ranges are most likely wrong. */
export const explicitHashKeyOverridesTheKey: Claim = {
  area: 'writes',
  wording:
    'The hash value used to explicitly determine the shard the data record is assigned to by overriding the partition key hash.',
  source: 'SDK PutRecordInput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 3 });
    const edges = (await stream.shards()).flatMap((shard) => shard.range.map((hash) => ({ hash, shard: shard.id })));
    for (const { hash, shard } of edges) {
      const place = await stream.put({ key: 'same', data: shard, hash: hash.toString() });
      must(place.shard === shard, `ExplicitHashKey ${hash} of ${shard} was answered with ${place.shard}`);
    }
    const astray = (await stream.stored(edges.length)).find((record) => record.text !== record.shard);
    must(astray === undefined, `a record for ${astray?.text} is stored in ${astray?.shard}`);
    return 'the first and last hash key of three shards lie in their shards';
  },
};
