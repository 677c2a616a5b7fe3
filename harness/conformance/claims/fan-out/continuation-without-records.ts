import type { Claim } from '../../claim.ts';
import { consumerOf, recordsOf, subscribe } from '../../fan-out.ts';
import { must } from '../../outcome.ts';

export const continuationWithoutRecords: Claim = {
  area: 'fan-out',
  wording:
    'Use ContinuationSequenceNumber for checkpointing because it captures your shard progress even when no data is written to the shard.',
  source: 'SDK SubscribeToShardEvent',
  probe: async (probe) => {
    const stream = await probe.stream();
    const consumer = await consumerOf(probe, stream);
    const shard = String((await stream.shards())[0]?.id);
    const enough = (events: readonly unknown[]): boolean => events.length > 0;
    const events = await subscribe(probe, { consumer, shard, from: { Type: 'TRIM_HORIZON' }, enough });
    must(events.length > 0, 'an empty shard sends no event');
    must(recordsOf(events).length === 0, 'an empty shard pushed records');
    const continuation = events[0]?.continuation;
    must(
      continuation !== undefined && continuation !== '',
      'the event of an empty shard has no ContinuationSequenceNumber',
    );
    return 'an empty shard sends an event with a ContinuationSequenceNumber';
  },
};
