import { hashKeyOf, isInRange } from '../../../model/hash-key.ts';
import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { numbered } from '../../probe-asserts.ts';

export const partitionKeyIsHashedByMd5: Claim = {
  area: 'writes',
  wording:
    'An MD5 hash function is used to map partition keys to 128-bit integer values and to map associated data records to shards using the hash key ranges of the shards.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 4 });
    const keys = [...numbered(10, 'key-'), 'ключ', '\u{1F511}'];
    await Promise.all(keys.map((key) => stream.put({ key, data: key })));
    const ranges = new Map((await stream.shards()).map((shard) => [shard.id, shard.range]));
    for (const record of await stream.stored(keys.length)) {
      const range = ranges.get(record.shard);
      const holds = range !== undefined && isInRange(hashKeyOf(record.text), range);
      must(holds, `key '${record.text}' is stored in ${record.shard}, whose range does not hold its MD5`);
    }
    return '12 keys lie in the shards of their MD5';
  },
};
