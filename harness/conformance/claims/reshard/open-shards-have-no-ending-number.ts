import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { splitFirst } from '../../resharding.ts';

export const openShardsHaveNoEndingNumber: Claim = {
  area: 'reshard',
  wording: 'Shards that are in the OPEN state have an ending sequence number of null.',
  source: 'SDK SequenceNumberRange',
  probe: async (probe) => {
    const { parent, after, children } = await splitFirst(await probe.stream());
    const closed = after.find((shard) => shard.id === parent.id);
    must(closed?.end !== undefined, 'a split shard has no EndingSequenceNumber');
    const odd = children.find((shard) => shard.end !== undefined);
    must(odd === undefined, `the open ${odd?.id} has the EndingSequenceNumber ${odd?.end}`);
    return 'the split shard has an ending number, its children have none';
  },
};
