import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';

export const sequenceNumbersAreUnique: Claim = {
  area: 'writes',
  wording: 'The sequence number for the record is unique across all records in the stream.',
  source: 'SDK PutRecordOutput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 4 });
    const hashes = (await stream.shards()).map((shard) => shard.range[0].toString());
    const puts = Array.from({ length: 24 }, (_, n) => ({
      key: 'k',
      data: `${n}`,
      hash: hashes[n % hashes.length] ?? '0',
    }));
    const places = await Promise.all(puts.map((put) => stream.put(put)));
    const owner = new Map<string, string>();
    for (const record of await stream.stored(places.length)) {
      const other = owner.get(record.seq);
      must(other === undefined, `${record.seq} belongs to a record in ${other} and to one in ${record.shard}`);
      owner.set(record.seq, record.shard);
    }
    return '24 records in four shards have 24 numbers';
  },
};
