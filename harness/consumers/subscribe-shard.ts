import type { FanOut, ReadFailure, SubscriptionEvent } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import type { IteratorStart } from '../model/event.ts';
import { compareSequence } from '../model/sequence-number.ts';
import type { ReadTools, StartType } from './consumer.ts';
import { pause, readable, type Start } from './read-chain.ts';
import { type ShardEnd, startOf } from './read-shard.ts';
import type { Registered } from './registered.ts';

export type SubscribeOptions = {
  readonly fanOut: FanOut;
  readonly consumer: Pick<Registered, 'arn' | 'renew'>;
  readonly shard: string;
  readonly from: StartType;
};

/**
 * After this many events without a record, at the tip of a shard that the list shows as closed, the engine does not
 * report the end (kinesis-local 0.6.2 continues with empty events). The reader then subscribes once more, and treats
 * the shard as ended after as many empty events. AWS reports the end, and ends a subscription after five minutes in
 * any case.
 */
const emptyMax = 3;

/**
 * The pause after a ResourceInUseException, in milliseconds. "If you call SubscribeToShard again with the same
 * ConsumerARN and ShardId within 5 seconds of a successful call, you'll get a ResourceInUseException." (SDK,
 * SubscribeToShard)
 */
const takenMs = 5000;
const failuresMax = 30;

/**
 * Reads one shard by subscriptions, one after the other, until its end, its sentinel, or the signal. Rejects with
 * HarnessError('target') after 30 failures in a row.
 */
export const subscribeShard = async (tools: ReadTools, options: SubscribeOptions): Promise<ShardEnd> => {
  let start: Start = startOf(tools, options);
  let failures = 0;
  let isKnownClosed = false;
  while (!tools.signal.aborted) {
    const { arn } = options.consumer;
    const ended = await subscription(tools, { ...options, isKnownClosed }, start);
    if (ended.end === 'closed' || ended.end === 'passed') return { end: ended.end, children: ended.children };
    isKnownClosed ||= ended.end === 'left';
    // The continuation number also advances with events without records.
    if (ended.continuation !== undefined) start = { type: 'AFTER_SEQUENCE_NUMBER', seq: ended.continuation };
    failures = ended.error === undefined || ended.events > 0 ? 0 : failures + 1;
    if (failures === failuresMax)
      throw new HarnessError(
        'target',
        `${tools.reader} could not subscribe to ${options.shard} (SubscribeToShard), ${failures} times in a row: ${ended.error ?? ''}: ${ended.message ?? 'no message'}`,
      );
    if (isForgotten(ended)) await options.consumer.renew(arn);
    if (ended.error !== undefined) await pause(tools, ended.error === 'ResourceInUseException' ? takenMs : 100);
  }
  return { end: 'stopped', children: [] };
};

type Ended = {
  /** `left`: the shard is closed, and this subscription does not report it. */
  readonly end: 'closed' | 'passed' | 'over' | 'left';
  readonly events: number;
  readonly continuation: string | undefined;
  readonly children: readonly string[];
  readonly error?: string;
  readonly message?: string | undefined;
};

/** True if the consumer was not found. The same error may mean that a shard was not found. */
const isForgotten = ({ error, message = '' }: Ended): boolean =>
  error === 'ResourceNotFoundException' && /consumer/i.test(message);

/** Reads one subscription: a chain of pages, each of which is an event. */
const subscription = async (
  tools: ReadTools,
  { fanOut, consumer, shard, isKnownClosed }: SubscribeOptions & { readonly isKnownClosed: boolean },
  start: Start,
): Promise<Ended> => {
  const left = new AbortController();
  const signal = AbortSignal.any([tools.signal, left.signal]);
  const asked = tools.now();
  try {
    const answer = await fanOut.subscribe({ consumer: consumer.arn, shard, ...start }, signal);
    const from: IteratorStart = { ...start, t0: asked, t: tools.now() };
    const chain = new Subscribed(tools, shard, from, asked);
    if (!answer.ok) return chain.failed(answer);
    for await (const event of answer.events) {
      const ended = event.ok ? await chain.take(event) : chain.failed(event);
      if (ended !== undefined) return ended;
      if (chain.isQuiet && (isKnownClosed || (await isClosed(tools, shard))))
        return chain.ended(isKnownClosed ? 'closed' : 'left');
    }
    return chain.ended('over');
  } finally {
    left.abort();
  }
};

const isClosed = async ({ listShards }: ReadTools, shard: string): Promise<boolean> => {
  const shards = await listShards().catch(() => []);
  return shards.some((info) => info.shard === shard && info.seq[1] !== null);
};

class Subscribed {
  readonly #tools: ReadTools;
  readonly #base: { readonly type: 'page'; readonly reader: string; readonly chain: number; readonly shard: string };
  readonly #from: IteratorStart;
  #t0: number;
  #events = 0;
  #empty = 0;
  #continuation: string | undefined;
  #last: string | undefined;

  constructor(tools: ReadTools, shard: string, from: IteratorStart, t0: number) {
    this.#tools = tools;
    this.#base = { type: 'page', reader: tools.reader, chain: tools.nextChain(), shard };
    this.#from = from;
    this.#t0 = t0;
    // The record that it begins after was delivered before. If that was the sentinel, no record of this subscription
    // will show it.
    this.#last = from.type === 'AFTER_SEQUENCE_NUMBER' ? from.seq : undefined;
  }

  /** Records an event. Returns the end of the subscription, if this event is its end. */
  async take(event: SubscriptionEvent): Promise<Ended | undefined> {
    const tools = this.#tools;
    const { shard } = this.#base;
    const { records, continuation, behind, children = [] } = event;
    const head = this.#head();
    const fields = await readable(tools, shard, {
      ok: true,
      records,
      children,
      ...(behind === undefined ? {} : { behind }),
      ...(continuation === undefined ? {} : { next: continuation }),
    });
    tools.write({ ...this.#base, ...head, ...fields, ...(continuation === undefined ? {} : { continuation }) });
    tools.onRead(fields.records.length);
    await tools.onPage?.(shard, records);
    this.#events += 1;
    this.#empty = records.length === 0 && behind === 0 ? this.#empty + 1 : 0;
    // The next event was created after this one.
    this.#t0 = tools.now();
    this.#continuation = continuation ?? this.#continuation;
    this.#last = records.at(-1)?.seq ?? this.#last;
    if (continuation === undefined) return this.ended('closed', children);
    return this.#isPassed(shard) ? this.ended('passed') : undefined;
  }

  /** True if the last events had no records, at the tip of the shard. */
  get isQuiet(): boolean {
    return this.#empty > 0 && this.#empty % emptyMax === 0;
  }

  failed({ error, message }: ReadFailure): Ended {
    if (this.#tools.signal.aborted) return this.ended('over');
    this.#tools.write({ ...this.#base, ...this.#head(), error, ...(message === undefined ? {} : { message }) });
    return { ...this.ended('over'), error, message };
  }

  ended(end: Ended['end'], children: readonly string[] = []): Ended {
    return { end, events: this.#events, continuation: this.#continuation, children };
  }

  #head(): { readonly t0: number; readonly from?: IteratorStart } {
    return { t0: this.#t0, ...(this.#events === 0 ? { from: this.#from } : {}) };
  }

  #isPassed(shard: string): boolean {
    const sentinel = this.#tools.sentinel(shard);
    return sentinel !== undefined && this.#last !== undefined && compareSequence(this.#last, sentinel) >= 0;
  }
}
