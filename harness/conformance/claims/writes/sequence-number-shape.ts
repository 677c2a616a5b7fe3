import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';

export const sequenceNumberShape: Claim = {
  area: 'writes',
  wording: 'Pattern: 0|([1-9]\\d{0,128})',
  source: 'API PutRecordsResultEntry.SequenceNumber',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { seq } = await stream.put({ key: 'k', data: 'x' });
    must(/^(0|[1-9]\d{0,128})$/.test(seq), `a sequence number reads '${seq}'`);
    const [read] = await stream.stored(1);
    must(read?.seq === seq, `acknowledged as '${seq}', read as '${read?.seq}'`);
    const odd = (await stream.shards()).find((shard) => !/^(0|[1-9]\d{0,128})$/.test(shard.start));
    must(odd === undefined, `a StartingSequenceNumber reads '${odd?.start}'`);
    return `${seq.length} digits, no leading zero`;
  },
};
