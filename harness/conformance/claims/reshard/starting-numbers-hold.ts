import { compareSequence } from '../../../model/sequence-number.ts';
import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { splitFirst } from '../../resharding.ts';

export const startingNumbersHold: Claim = {
  area: 'reshard',
  wording: 'The starting sequence number for the range.',
  source: 'SDK SequenceNumberRange',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (const data of ['a', 'b']) await stream.put({ key: 'k', data });
    await stream.stored(2);
    const { after } = await splitFirst(stream);
    for (const data of ['c', 'd']) await stream.put({ key: 'k', data });
    const starts = new Map(after.map((shard) => [shard.id, shard.start]));
    for (const record of await stream.stored(4)) {
      const start = starts.get(record.shard) ?? '0';
      must(
        compareSequence(start, record.seq) <= 0,
        `${record.shard} declares its start at ${start}, and holds a record at ${record.seq}`,
      );
    }
    return 'no record lies below the declared start of its shard';
  },
};
