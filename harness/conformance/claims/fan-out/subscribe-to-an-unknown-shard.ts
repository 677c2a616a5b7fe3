import type { Claim } from '../../claim.ts';
import { consumerOf } from '../../fan-out.ts';
import { refused } from '../../outcome.ts';

export const subscribeToAnUnknownShard: Claim = {
  area: 'fan-out',
  wording: 'The requested resource could not be found. The stream might not be specified correctly.',
  source: 'SDK ResourceNotFoundException',
  probe: async (probe) => {
    const stream = await probe.stream();
    const ConsumerARN = await consumerOf(probe, stream);
    const input = { ConsumerARN, ShardId: 'shardId-000000000099', StartingPosition: { Type: 'LATEST' } };
    const leave = new AbortController();
    const answer = await probe.call('SubscribeToShard', input, leave.signal);
    leave.abort();
    return `refused with ${refused(answer, 'SubscribeToShard of a shard that is not there', ['ResourceNotFoundException'])}`;
  },
};
