import type { EventBody } from '../model/event.ts';
import { isPut } from '../model/put-api.ts';
import type { ApiCall, CallWatch } from './call.ts';
import { PageTap, type PageTapOptions } from './page-tap.ts';
import { PutTap, type PutTapOptions } from './put-tap.ts';
import { type ReshardTapOptions, reshardFields, watchReshard } from './reshard-tap.ts';

export type StreamTapOptions = Omit<PutTapOptions, 'onAnswered'> &
  Omit<PageTapOptions, 'onShards'> &
  ReshardTapOptions & {
    /** Called when an answer names a shard that no list has shown so far, so that the stream is listed again. */
    readonly onUnknownShard: (shard: string) => void;
  };

/** Turns the calls to one stream into events of its history. */
export class StreamTap {
  readonly #options: StreamTapOptions;
  readonly #puts: PutTap;
  readonly #pages: PageTap;
  readonly #shards = new Set<string>();

  constructor(options: StreamTapOptions) {
    this.#options = options;
    this.#puts = new PutTap({
      ...options,
      onAcked: (places) => {
        this.#meet(places.map(({ shard }) => shard));
        options.onAcked(places);
      },
      onAnswered: () => this.#pages.flush(),
    });
    this.#pages = new PageTap({ ...options, onShards: (shards) => this.#meet(shards) });
  }

  get putsUnderWay(): number {
    return this.#puts.underWay;
  }

  hasIterator(iterator: string): boolean {
    return this.#pages.has(iterator);
  }

  /** Call it with each topology that was written. */
  learn(event: EventBody): void {
    if (event.type === 'topology') for (const { shard } of event.shards) this.#shards.add(shard);
  }

  /** Undefined for a call that is not part of the history. */
  sent(call: ApiCall): CallWatch | undefined {
    const { operation } = call;
    if (isPut(operation)) return this.#puts.sent(call);
    if (operation === 'GetShardIterator') return this.#pages.iteratorAsked(call);
    if (operation === 'GetRecords') return this.#pages.recordsAsked(call);
    if (operation === 'SubscribeToShard') return this.#pages.subscribed(call);
    const fields = reshardFields(call);
    return fields === undefined ? undefined : watchReshard(this.#options, fields);
  }

  #meet(shards: readonly string[]): void {
    for (const shard of shards) {
      if (this.#shards.has(shard)) continue;
      this.#shards.add(shard);
      this.#options.onUnknownShard(shard);
    }
  }
}
