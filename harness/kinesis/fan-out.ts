import { setTimeout as wait } from 'node:timers/promises';
import {
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  RegisterStreamConsumerCommand,
  SubscribeToShardCommand,
  type SubscribeToShardEvent,
} from '@aws-sdk/client-kinesis';
import { HarnessError, messageOf } from '../lib/error.ts';
import { recordFields, wrongItem } from '../model/answer-fields.ts';
import type { FanOut, ReadFailure, SubscriptionEvent } from './kinesis.ts';
import { malformed, rawRecord, readFailure } from './page-answer.ts';

/** Enhanced fan-out. `patient` sets consumers up and takes them away; `client` subscribes, once a call. */
export const fanOut = (client: KinesisClient, patient: KinesisClient): FanOut => ({
  registerConsumer: async (stream, name, deadlineMs, signal) => {
    const abort = { abortSignal: signal };
    const { StreamDescriptionSummary } = await told('DescribeStreamSummary', () =>
      patient.send(new DescribeStreamSummaryCommand({ StreamName: stream }), abort),
    );
    const input = { StreamARN: StreamDescriptionSummary?.StreamARN, ConsumerName: name };
    const { Consumer } = await told('RegisterStreamConsumer', () =>
      patient.send(new RegisterStreamConsumerCommand(input), abort),
    );
    const consumer = Consumer?.ConsumerARN;
    if (consumer === undefined) throw new HarnessError('target', 'RegisterStreamConsumer answered without ConsumerARN');
    await untilActive(patient, { consumer, name, deadlineMs, signal });
    return consumer;
  },
  deregisterConsumer: async (consumer) => {
    await told('DeregisterStreamConsumer', () =>
      patient.send(new DeregisterStreamConsumerCommand({ ConsumerARN: consumer })),
    );
  },
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

type Wait = {
  readonly consumer: string;
  readonly name: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
};

/** A consumer is CREATING for a while: only an ACTIVE one may subscribe. */
const untilActive = async (patient: KinesisClient, { consumer, name, deadlineMs, signal }: Wait): Promise<void> => {
  let leftMs = deadlineMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    const { ConsumerDescription } = await told('DescribeStreamConsumer', () =>
      patient.send(new DescribeStreamConsumerCommand({ ConsumerARN: consumer }), { abortSignal: signal }),
    );
    const status = ConsumerDescription?.ConsumerStatus;
    if (status === 'ACTIVE') return;
    if (leftMs <= 0)
      throw new HarnessError(
        'target',
        `consumer ${name} was still ${status ?? 'without a status'} ${deadlineMs} ms after RegisterStreamConsumer (DescribeStreamConsumer)`,
      );
    await wait(pauseMs, undefined, { signal });
    leftMs -= pauseMs;
  }
};

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
    // Some engines write an empty text where nothing goes on.
    ...(typeof continuation === 'string' && continuation !== '' ? { continuation } : {}),
    ...(typeof behind === 'number' ? { behind } : {}),
    ...(Array.isArray(ChildShards) ? { children: ChildShards.map(({ ShardId }) => ShardId ?? '') } : {}),
  };
};

const told = async <T>(call: string, send: () => Promise<T>): Promise<T> => {
  try {
    return await send();
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : 'Error';
    throw new HarnessError('target', `${call} failed: ${name}: ${messageOf(thrown)}`, { cause: thrown });
  }
};
