import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, numbered } from '../../probe-asserts.ts';

export const twoReadersAgree: Claim = {
  area: 'reads',
  wording: 'After you write a record to a stream, you cannot modify that record or its order within the stream.',
  source: 'SDK PutRecords',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    await Promise.all(numbered(20).map((data) => stream.put({ key: data, data })));
    await stream.stored(20);
    const shards = (await stream.shards()).map((shard) => shard.id);
    for (const shard of shards) {
      const [whole, paged] = await Promise.all([
        stream.read(shard),
        stream.read(shard, { type: 'TRIM_HORIZON' }, { limit: 3 }),
      ]);
      const places = (records: typeof whole): string[] => records.map((record) => `${record.seq} ${record.text}`);
      must(
        isSame(places(whole), places(paged)),
        `two readings of ${shard} differ: ${whole.length} and ${paged.length} records`,
      );
    }
    return 'a reading in one page and one in pages of three are the same';
  },
};
