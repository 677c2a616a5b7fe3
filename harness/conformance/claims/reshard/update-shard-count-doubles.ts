import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { openOf, shapeOf, tiles } from '../../shards.ts';

export const updateShardCountDoubles: Claim = {
  area: 'reshard',
  wording: 'Updates the shard count of the specified stream to the specified number of shards.',
  source: 'SDK UpdateShardCount',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const input = { TargetShardCount: 4, ScalingType: 'UNIFORM_SCALING' };
    const output = accepted(await stream.call('UpdateShardCount', input), 'UpdateShardCount from 2 to 4');
    must(output.CurrentShardCount === 2, `CurrentShardCount is ${output.CurrentShardCount}, not 2`);
    must(output.TargetShardCount === 4, `TargetShardCount is ${output.TargetShardCount}, not 4`);
    await stream.settle();
    const open = openOf(await stream.shards());
    must(open.length === 4 && tiles(open), `from 2 to 4, the open shards are: ${shapeOf(open)}`);
    return 'from two to four open shards, which cover all hash keys once';
  },
};
