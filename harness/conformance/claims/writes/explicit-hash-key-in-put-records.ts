import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';

export const explicitHashKeyInPutRecords: Claim = {
  area: 'writes',
  wording:
    'Each record in the Records array may include an optional parameter, ExplicitHashKey, which overrides the partition key to shard mapping.',
  source: 'SDK PutRecords',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 3 });
    const edges = (await stream.shards()).flatMap((shard) => shard.range.map((hash) => ({ hash, shard: shard.id })));
    const Records = edges.map(({ hash, shard }) => ({
      PartitionKey: 'same',
      ExplicitHashKey: hash.toString(),
      Data: Buffer.from(shard),
    }));
    setUp(await stream.call('PutRecords', { Records }), 'PutRecords with ExplicitHashKey');
    const stored = await stream.stored(edges.length);
    must(stored.length === edges.length, `${edges.length} entries were put and ${stored.length} records are stored`);
    const astray = stored.find((record) => record.text !== record.shard);
    must(astray === undefined, `an entry for ${astray?.text} is stored in ${astray?.shard}`);
    return 'six entries at the edges of three shards lie in their shards';
  },
};
