import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';
import { readFrom } from '../../reading.ts';

export const latest: Claim = {
  area: 'reads',
  wording:
    'LATEST - Start reading just after the most recent record in the shard, so that you always read the most recent data in the shard.',
  source: 'SDK GetShardIteratorInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'before' });
    await stream.stored(1);
    const iterator = await stream.iterator(shard, { type: 'LATEST' });
    await stream.put({ key: 'k', data: 'after1' });
    await stream.put({ key: 'k', data: 'after2' });
    await stream.stored(3);
    const read = textsOf(await readFrom(probe, { shard, iterator }));
    must(isSame(read, ['after1', 'after2']), `one record before LATEST, two after it: read ${listed(read)}`);
    return 'reads the two records put after it, not the one before';
  },
};
