import type { Claim } from '../../claim.ts';
import { consumerOf, subscribe } from '../../fan-out.ts';
import { refused } from '../../outcome.ts';

export const secondSubscriptionWithinFiveSeconds: Claim = {
  area: 'fan-out',
  wording:
    "If you call SubscribeToShard again with the same ConsumerARN and ShardId within 5 seconds of a successful call, you'll get a ResourceInUseException.",
  source: 'SDK SubscribeToShard',
  probe: async (probe) => {
    const stream = await probe.stream();
    const consumer = await consumerOf(probe, stream);
    const shard = String((await stream.shards())[0]?.id);
    const input = { ConsumerARN: consumer, ShardId: shard, StartingPosition: { Type: 'LATEST' } };
    const second: { error?: string } = {};
    const leave = new AbortController();
    const meanwhile = async (): Promise<void> => {
      const answer = await probe.call('SubscribeToShard', input, leave.signal);
      try {
        second.error = refused(answer, 'a second subscription at once', ['ResourceInUseException']);
      } finally {
        leave.abort();
      }
    };
    await subscribe(probe, { consumer, shard, from: { Type: 'LATEST' }, enough: () => true, meanwhile });
    return `refused with ${second.error}`;
  },
};
