import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed, textsOf } from '../../probe-asserts.ts';
import { splitFirst } from '../../resharding.ts';

export const aClosedShardTakesNoRecords: Claim = {
  area: 'reshard',
  wording: 'This means that data records are no longer added to the shard.',
  source: 'DG22 kinesis-using-sdk-java-after-resharding',
  probe: async (probe) => {
    const stream = await probe.stream();
    for (const data of ['a', 'b', 'c']) await stream.put({ key: data, data });
    await stream.stored(3);
    const { parent } = await splitFirst(stream);
    const hashes = [parent.range[0], parent.range[1], 1n << 126n, 3n << 126n];
    for (const hash of hashes) {
      const place = await stream.put({ key: 'k', data: 'new', hash: `${hash}` });
      must(place.shard !== parent.id, `a put after the split was answered with the closed ${parent.id}`);
    }
    await stream.stored(7);
    const held = textsOf(await stream.read(parent.id));
    must(isSame(held, ['a', 'b', 'c']), `the closed shard held a b c and reads ${listed(held)}`);
    return 'four later puts go to the children; the closed shard keeps its three';
  },
};
