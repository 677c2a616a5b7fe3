import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

export const atSequenceNumber: Claim = {
  area: 'reads',
  wording:
    'AT_SEQUENCE_NUMBER - Start reading from the position denoted by a specific sequence number, provided in the value StartingSequenceNumber.',
  source: 'SDK GetShardIteratorInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (const data of numbered(5)) await stream.put({ key: 'k', data });
    for (const [n, record] of (await stream.stored(5)).entries()) {
      const read = textsOf(await stream.read(record.shard, { type: 'AT_SEQUENCE_NUMBER', seq: record.seq }));
      must(isSame(read, numbered(5).slice(n)), `AT the number of a${n} of a0 to a4 reads ${listed(read)}`);
    }
    return 'AT each of five numbers reads that record and all after it';
  },
};
