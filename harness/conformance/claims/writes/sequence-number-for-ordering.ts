import { compareSequence } from '../../../model/sequence-number.ts';
import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

export const sequenceNumberForOrdering: Claim = {
  area: 'writes',
  wording:
    'Guarantees strictly increasing sequence numbers, for puts from the same client and to the same partition key.',
  source: 'SDK PutRecordInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const datas = numbered(10);
    let after: string | undefined;
    for (const data of datas) {
      const { seq } = await stream.put({ key: 'k', data, ...(after === undefined ? {} : { after }) });
      must(
        after === undefined || compareSequence(after, seq) < 0,
        `put after ${after} got ${seq}, which is not above it`,
      );
      after = seq;
    }
    const read = textsOf(await stream.stored(datas.length));
    must(isSame(read, datas), `put a0 to a9 one after the other, read ${listed(read)}`);
    return 'ten chained puts got increasing numbers and are read in that order';
  },
};
