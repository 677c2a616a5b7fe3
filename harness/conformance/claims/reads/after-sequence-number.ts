import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

export const afterSequenceNumber: Claim = {
  area: 'reads',
  wording:
    'AFTER_SEQUENCE_NUMBER - Start reading right after the position denoted by a specific sequence number, provided in the value StartingSequenceNumber.',
  source: 'SDK GetShardIteratorInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (const data of numbered(5)) await stream.put({ key: 'k', data });
    for (const [n, record] of (await stream.stored(5)).entries()) {
      if (n === 0) continue;
      const read = textsOf(await stream.read(record.shard, { type: 'AFTER_SEQUENCE_NUMBER', seq: record.seq }));
      must(isSame(read, numbered(5).slice(n + 1)), `AFTER the number of a${n} of a0 to a4 reads ${listed(read)}`);
    }
    return 'AFTER four numbers reads exactly what comes after them';
  },
};
