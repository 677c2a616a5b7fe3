import { compareSequence } from '../../../model/sequence-number.ts';
import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { splitFirst } from '../../resharding.ts';

export const endingNumberIsNotBelowTheStart: Claim = {
  area: 'reshard',
  wording: 'The range of possible sequence numbers for the shard.',
  source: 'SDK Shard',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { seq } = await stream.put({ key: 'k', data: 'x' });
    await stream.stored(1);
    const { parent, after } = await splitFirst(stream);
    const end = after.find((shard) => shard.id === parent.id)?.end;
    must(end !== undefined, 'a split shard has no EndingSequenceNumber');
    must(
      compareSequence(parent.start, end) <= 0,
      `the closed shard declares ${parent.start} to ${end}, its end below its start`,
    );
    must(compareSequence(seq, end) <= 0, `the closed shard declares its end at ${end}, and holds a record at ${seq}`);
    return 'the closed shard declares an end at or above its start and its record';
  },
};
