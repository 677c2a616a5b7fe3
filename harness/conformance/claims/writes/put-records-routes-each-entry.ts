import { hashKeyOf, isInRange } from '../../../model/hash-key.ts';
import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';
import { numbered } from '../../probe-asserts.ts';

export const putRecordsRoutesEachEntry: Claim = {
  area: 'writes',
  wording: 'all data records with the same partition key map to the same shard within the stream.',
  source: 'SDK PutRecords',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 4 });
    const keys = numbered(12, 'key-');
    const entries = keys.map((key) => ({ PartitionKey: key, Data: Buffer.from(key) }));
    setUp(await stream.call('PutRecords', { Records: [...entries, ...entries] }), 'PutRecords of 24');
    const stored = await stream.stored(24);
    must(stored.length === 24, `24 entries were put and ${stored.length} records are stored`);
    const ranges = new Map((await stream.shards()).map((shard) => [shard.id, shard.range]));
    const astray = stored.find((record) => !isInRange(hashKeyOf(record.text), ranges.get(record.shard) ?? [1n, 0n]));
    must(
      astray === undefined,
      `key '${astray?.text}' is stored in ${astray?.shard}, whose range does not hold its MD5`,
    );
    return '24 entries of 12 keys lie in the shards of their MD5';
  },
};
