import type { Claim } from '../../claim.ts';
import { refusedUnchanged } from '../../probe-asserts.ts';
import { splitFirst } from '../../resharding.ts';

/** AWS names no error for it. Lineage depends on a shard being split only once. */
export const splitOfAClosedShard: Claim = {
  area: 'reshard',
  wording: 'After a reshard operation, the parent shard transitions to a CLOSED state.',
  source: 'DG22 kinesis-using-sdk-java-after-resharding',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { parent } = await splitFirst(stream);
    const again = { ShardToSplit: parent.id, NewStartingHashKey: '12345' };
    const error = await refusedUnchanged(
      stream,
      () => stream.call('SplitShard', again),
      'a second split of a closed shard',
    );
    return `refused with ${error}, shards unchanged`;
  },
};
