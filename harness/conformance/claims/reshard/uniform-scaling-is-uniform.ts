import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';
import { openOf, shapeOf } from '../../shards.ts';

export const uniformScalingIsUniform: Claim = {
  area: 'reshard',
  wording: 'Uniform scaling creates shards of equal size.',
  source: 'SDK UpdateShardCountInput',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const input = { TargetShardCount: 3, ScalingType: 'UNIFORM_SCALING' };
    accepted(await stream.call('UpdateShardCount', input), 'UpdateShardCount from 2 to 3');
    await stream.settle();
    const open = openOf(await stream.shards());
    const sizes = open.map(({ range }) => range[1] - range[0]);
    const spread =
      sizes.reduce((a, b) => (a > b ? a : b), 0n) - sizes.reduce((a, b) => (a < b ? a : b), sizes[0] ?? 0n);
    // 2^128 is not divisible by three, so shards may differ by a few hash keys.
    must(open.length === 3 && spread < 16n, `from 2 to 3, the open shards are: ${shapeOf(open)}`);
    return 'from two to three open shards of equal size';
  },
};
