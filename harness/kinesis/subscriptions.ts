import { type KinesisClient, SubscribeToShardCommand, type SubscribeToShardEvent } from '@aws-sdk/client-kinesis';
import { recordFields, wrongItem } from '../model/answer-fields.ts';
import type { FanOut, ReadFailure, SubscriptionEvent } from './kinesis.ts';
import { malformed, rawRecord, readFailure } from './page-answer.ts';

/** Subscribes to shards. Each call is sent once, as on the data plane. */
export const subscriptions = (client: KinesisClient): Pick<FanOut, 'subscribe'> => ({
  subscribe: async ({ consumer, shard, type, seq, at }, signal) => {
    const StartingPosition = {
      Type: type,
      ...(seq === undefined ? {} : { SequenceNumber: seq }),
      ...(at === undefined ? {} : { Timestamp: new Date(at) }),
    };
    const command = new SubscribeToShardCommand({ ConsumerARN: consumer, ShardId: shard, StartingPosition });
    try {
      const { EventStream } = await client.send(command, { abortSignal: signal });
      return EventStream === undefined
        ? malformed('SubscribeToShard answered without an event stream')
        : { ok: true, events: eventsOf(EventStream) };
    } catch (thrown) {
      return readFailure('SubscribeToShard', thrown);
    }
  },
});

type Wire = AsyncIterable<{ readonly SubscribeToShardEvent?: SubscribeToShardEvent | undefined }>;

async function* eventsOf(source: object): AsyncGenerator<SubscriptionEvent | ReadFailure> {
  try {
    for await (const { SubscribeToShardEvent: event } of source as Wire) if (event !== undefined) yield eventOf(event);
  } catch (thrown) {
    yield readFailure('SubscribeToShard', thrown);
  }
}

const eventOf = (event: SubscribeToShardEvent): SubscriptionEvent | ReadFailure => {
  const { Records, ContinuationSequenceNumber: continuation, MillisBehindLatest: behind, ChildShards } = event;
  const wrong = wrongItem('Records', Records ?? [], recordFields);
  if (wrong !== undefined) return malformed(`SubscribeToShard: ${wrong}`);
  return {
    ok: true,
    records: (Records ?? []).map(rawRecord),
    // Some engines send an empty string as the last continuation.
    ...(typeof continuation === 'string' && continuation !== '' ? { continuation } : {}),
    ...(typeof behind === 'number' ? { behind } : {}),
    ...(Array.isArray(ChildShards) ? { children: ChildShards.map(({ ShardId }) => ShardId ?? '') } : {}),
  };
};
