import type { Claim } from '../../claim.ts';
import { refused, setUp } from '../../outcome.ts';

/** Alternates between one and two shards. Ten updates are allowed, the eleventh is not. */
export const tenShardUpdatesADay: Claim = {
  area: 'limits',
  wording: 'Scale more than ten times per rolling 24-hour period per stream',
  source: 'SDK UpdateShardCount',
  extraMs: 10_000,
  probe: async (probe) => {
    const stream = await probe.stream();
    const update = (n: number) =>
      stream.call('UpdateShardCount', { TargetShardCount: n % 2 === 0 ? 2 : 1, ScalingType: 'UNIFORM_SCALING' });
    for (let n = 0; n < 10; n += 1) {
      setUp(await update(n), `UpdateShardCount number ${n + 1}`);
      await stream.settle();
    }
    return `ten are taken, the eleventh is refused with ${refused(await update(10), 'an eleventh UpdateShardCount', ['LimitExceededException'])}`;
  },
};
