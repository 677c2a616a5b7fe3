import type { RawOutput } from '../kinesis/raw.ts';
import { messageOf } from '../lib/error.ts';
import { accepted, Outcome, setUp } from './outcome.ts';
import type { Probe } from './probe.ts';
import { type StoredRecord, storedRecord } from './reading.ts';
import type { ProbeStream } from './stream.ts';

/** Enhanced fan-out for probes: a consumer that is ACTIVE, and a subscription that ends after enough events. */
export type FanOutEvent = {
  readonly records: readonly StoredRecord[];
  readonly continuation: string | undefined;
  readonly behind: number | undefined;
  readonly children: readonly string[];
};
export type StartingPosition = { readonly Type: string; readonly SequenceNumber?: string; readonly Timestamp?: Date };

const pollMs = 60;

/** Registers a consumer, waits until it is ACTIVE, and returns its ARN. */
export const consumerOf = async (probe: Probe, stream: ProbeStream, name = 'c1'): Promise<string> => {
  const register = { StreamARN: stream.arn, ConsumerName: name };
  const output = accepted(await probe.call('RegisterStreamConsumer', register), 'RegisterStreamConsumer');
  const arn = String(output.Consumer?.ConsumerARN);
  for (;;) {
    const told = setUp(await probe.call('DescribeStreamConsumer', { ConsumerARN: arn }), 'DescribeStreamConsumer');
    if (told.ConsumerDescription?.ConsumerStatus === 'ACTIVE') return arn;
    await probe.clock.sleep(pollMs, probe.signal);
  }
};

export type Subscription = {
  readonly consumer: string;
  readonly shard: string;
  readonly from: StartingPosition;
  /** Ends the subscription if this is true of all events so far; otherwise it ends after some silence. */
  readonly enough: (events: readonly FanOutEvent[]) => boolean;
  /** Called once the subscription is open. */
  readonly meanwhile?: () => Promise<unknown>;
};

/** After this many times the patience for a stored record, a silent subscription counts as empty. */
const silences = 2;

export const subscribe = async (probe: Probe, wanted: Subscription): Promise<readonly FanOutEvent[]> => {
  const leave = new AbortController();
  const input = { ConsumerARN: wanted.consumer, ShardId: wanted.shard, StartingPosition: wanted.from };
  const answer = await probe.call('SubscribeToShard', input, leave.signal);
  try {
    const output = accepted(answer, `SubscribeToShard ${wanted.from.Type}`);
    const [events] = await Promise.all([collect(probe, output, wanted), wanted.meanwhile?.()]);
    return events;
  } finally {
    leave.abort();
  }
};

const collect = async (
  probe: Probe,
  output: RawOutput<'SubscribeToShard'>,
  { shard, enough }: Subscription,
): Promise<readonly FanOutEvent[]> => {
  const events: FanOutEvent[] = [];
  const source = output.EventStream?.[Symbol.asyncIterator]();
  if (source === undefined) throw new Outcome('deviates', 'SubscribeToShard was accepted and gave no event stream');
  const until = probe.clock.now() + probe.patienceMs * silences * 1000;
  while (!enough(events)) {
    const leftMs = Math.round((until - probe.clock.now()) / 1000);
    const next = await Promise.race([source.next().catch(broken), waited(probe, leftMs)]);
    if (next === undefined || next.done === true) break;
    if (next.value.SubscribeToShardEvent !== undefined) events.push(eventOf(shard, next.value.SubscribeToShardEvent));
  }
  return events;
};

const broken = (thrown: unknown): never => {
  throw new Outcome('error', `the event stream broke: ${messageOf(thrown)}`);
};

const waited = (probe: Probe, ms: number): Promise<undefined> =>
  probe.clock.sleep(Math.max(0, ms), probe.signal).then(() => undefined);

type WireEvent = {
  readonly Records?: readonly Parameters<typeof storedRecord>[1][] | undefined;
  readonly ContinuationSequenceNumber?: string | undefined;
  readonly MillisBehindLatest?: number | undefined;
  readonly ChildShards?: readonly { readonly ShardId?: string | undefined }[] | undefined;
};

const eventOf = (shard: string, event: WireEvent): FanOutEvent => ({
  records: (event.Records ?? []).map((record) => storedRecord(shard, record)),
  continuation: event.ContinuationSequenceNumber ?? undefined,
  behind: event.MillisBehindLatest,
  children: (event.ChildShards ?? []).map((child) => String(child.ShardId)),
});

export const recordsOf = (events: readonly FanOutEvent[]): readonly StoredRecord[] =>
  events.flatMap((event) => event.records);

/** For `enough`: true from this many records on. */
export const atLeast =
  (n: number) =>
  (events: readonly FanOutEvent[]): boolean =>
    recordsOf(events).length >= n;
