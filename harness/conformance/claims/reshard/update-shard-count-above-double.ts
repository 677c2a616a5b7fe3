import type { Claim } from '../../claim.ts';
import { invalid, refusedUnchanged } from '../../probe-asserts.ts';

export const updateShardCountAboveDouble: Claim = {
  area: 'reshard',
  wording: 'Scale up to more than double your current shard count for a stream',
  source: 'SDK UpdateShardCount',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const input = { TargetShardCount: 5, ScalingType: 'UNIFORM_SCALING' };
    const ask = (): ReturnType<typeof stream.call<'UpdateShardCount'>> => stream.call('UpdateShardCount', input);
    const error = await refusedUnchanged(stream, ask, 'UpdateShardCount from 2 to 5', [
      ...invalid,
      'LimitExceededException',
    ]);
    return `from 2 to 5 refused with ${error}, shards unchanged`;
  },
};
