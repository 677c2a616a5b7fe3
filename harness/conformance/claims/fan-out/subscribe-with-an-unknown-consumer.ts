import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';

export const subscribeWithAnUnknownConsumer: Claim = {
  area: 'fan-out',
  wording:
    'Before you call this operation, call RegisterStreamConsumer to register the consumer with Kinesis Data Streams.',
  source: 'SDK SubscribeToShard',
  probe: async (probe) => {
    const stream = await probe.stream();
    const ShardId = String((await stream.shards())[0]?.id);
    const ConsumerARN = `${stream.arn}/consumer/nobody:1`;
    const leave = new AbortController();
    const input = { ConsumerARN, ShardId, StartingPosition: { Type: 'LATEST' } };
    const answer = await probe.call('SubscribeToShard', input, leave.signal);
    leave.abort();
    return `refused with ${refused(answer, 'SubscribeToShard of a consumer that is not there', ['ResourceNotFoundException'])}`;
  },
};
