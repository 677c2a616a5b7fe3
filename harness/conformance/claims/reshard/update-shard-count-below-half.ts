import type { Claim } from '../../claim.ts';
import { invalid, refusedUnchanged } from '../../probe-asserts.ts';

export const updateShardCountBelowHalf: Claim = {
  area: 'reshard',
  wording: 'Scale down below half your current shard count for a stream',
  source: 'SDK UpdateShardCount',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 4 });
    const input = { TargetShardCount: 1, ScalingType: 'UNIFORM_SCALING' };
    const ask = (): ReturnType<typeof stream.call<'UpdateShardCount'>> => stream.call('UpdateShardCount', input);
    const error = await refusedUnchanged(stream, ask, 'UpdateShardCount from 4 to 1', [
      ...invalid,
      'LimitExceededException',
    ]);
    return `from 4 to 1 refused with ${error}, shards unchanged`;
  },
};
