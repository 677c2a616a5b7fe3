import { textIn } from '../lib/text-in.ts';
import { wrongField } from '../model/answer-fields.ts';
import type { EventBody, PageEvent } from '../model/event.ts';
import { shortMessage } from '../model/short-message.ts';
import type { ApiAnswer, ApiCall, CallWatch } from './call.ts';
import { type Chain, Chains } from './chains.ts';
import { startOfIterator, startOfSubscription } from './iterator-start.ts';
import { PageQueue } from './page-queue.ts';
import { givenRecords, readRecords } from './read-records.ts';
import type { RecordIds } from './record-ids.ts';

/** What all pages of one subscription share. */
export type Subscription = Pick<PageEvent, 'reader' | 'chain' | 'shard'>;

type Fields = Readonly<Record<string, unknown>>;

export type PageTapOptions = {
  readonly write: (event: EventBody) => number;
  readonly now: () => number;
  readonly ids: RecordIds;
  readonly nextChain: () => number;
  /** The client that made a call. Its readers are named after it. */
  readonly clientOf: (call: ApiCall) => string;
  /** Written once per reader, before its first page. */
  readonly readerEvent: (reader: string) => EventBody;
  readonly onShards: (shards: readonly string[]) => void;
  /** Called when a subscription has ended, from either side, after its last page is written. */
  readonly unsubscribed: (subscription: Subscription) => void;
};

/**
 * Turns what clients read from one stream through the gateway (GetShardIterator, GetRecords, SubscribeToShard) into
 * pages.
 */
export class PageTap {
  readonly #options: PageTapOptions;
  readonly #chains: Chains;
  readonly #queue = new PageQueue();
  readonly #readers = new Set<string>();

  constructor(options: PageTapOptions) {
    this.#options = options;
    this.#chains = new Chains(options.nextChain);
  }

  has(iterator: string): boolean {
    return this.#chains.has(iterator);
  }

  /** Writes the pages that waited for the answer to a put. */
  flush(): void {
    this.#queue.flush();
  }

  iteratorAsked(call: ApiCall): CallWatch {
    const t0 = this.#options.now();
    const shard = textIn(call.input, 'ShardId') ?? '';
    return {
      answered: (answer) => {
        const iterator = answer.kind === 'ok' ? textIn(answer.output, 'ShardIterator') : undefined;
        if (iterator === undefined) return;
        const start = startOfIterator(call.input, t0, this.#options.now());
        this.#options.onShards([shard]);
        this.#chains.issue(iterator, this.#chains.begin(this.#options.clientOf(call), shard, start));
      },
    };
  }

  recordsAsked(call: ApiCall): CallWatch | undefined {
    const chain = this.#chains.use(textIn(call.input, 'ShardIterator') ?? '');
    if (chain === undefined) return undefined;
    const t0 = this.#options.now();
    return { answered: (answer) => this.#answered(chain, t0, answer) };
  }

  subscribed(call: ApiCall): CallWatch {
    const asked = this.#options.now();
    const shard = textIn(call.input, 'ShardId') ?? '';
    let t0 = asked;
    let chain: Chain | undefined;
    const begun = (): Chain => {
      chain ??= this.#chains.begin(
        this.#options.clientOf(call),
        shard,
        startOfSubscription(call.input, asked, this.#options.now()),
      );
      return chain;
    };
    return {
      answered: (answer) => {
        if (answer.kind === 'ok') this.#options.onShards([begun().shard]);
      },
      event: (event) => {
        const fields = event['SubscribeToShardEvent'];
        // The next event was created after this one, so `t0` of its page is now.
        if (typeof fields === 'object' && fields !== null) this.#event(begun(), t0, fields as Fields);
        t0 = this.#options.now();
      },
      ended: () => {
        if (chain !== undefined) this.#ended(chain);
      },
    };
  }

  #ended({ reader, chain, shard }: Chain): void {
    this.#queue.push(() => {
      this.#options.unsubscribed({ reader, chain, shard });
      return true;
    });
  }

  #answered(chain: Chain, t0: number, answer: ApiAnswer): void {
    // The client did not read an answer that it did not get.
    if (answer.kind === 'lost') return;
    if (answer.kind === 'error') return this.#failed(chain, t0, answer.code, answer.message);
    const wrong = wrongField(answer.output, { NextShardIterator: 'text?' });
    // Treated as absent, a malformed iterator would mean the end of the shard.
    if (wrong !== undefined) return this.#failed(chain, t0, 'MalformedResponse', `GetRecords: ${wrong}`);
    const next = textIn(answer.output, 'NextShardIterator');
    this.#page(chain, t0, answer.output, { more: next !== undefined });
    if (next !== undefined) this.#chains.issue(next, chain);
  }

  #event(chain: Chain, t0: number, fields: Fields): void {
    const continuation = textIn(fields, 'ContinuationSequenceNumber');
    this.#page(chain, t0, fields, {
      more: continuation !== undefined,
      ...(continuation === undefined ? {} : { continuation }),
    });
  }

  #page(chain: Chain, t0: number, fields: Fields, end: Pick<PageEvent, 'more' | 'continuation'>): void {
    const given = givenRecords(fields);
    if (typeof given === 'string') return this.#failed(chain, t0, 'MalformedResponse', given);
    this.#chains.delivered(chain, given.at(-1)?.seq, end.continuation);
    const behind = fields['MillisBehindLatest'];
    const children = childrenOf(fields['ChildShards']);
    if (children.length > 0) this.#options.onShards(children);
    const head = this.#headOf(chain, t0);
    this.#queue.push(() => {
      const records = readRecords(chain.shard, given, this.#options.ids.read);
      if (records === 'wait') return false;
      this.#write({
        ...head,
        records,
        ...(typeof behind === 'number' ? { behind } : {}),
        ...end,
        ...(children.length === 0 ? {} : { children }),
      });
      return true;
    });
  }

  #failed(chain: Chain, t0: number, error: string, message: string | undefined): void {
    const head = this.#headOf(chain, t0);
    this.#queue.push(() => {
      this.#write({ ...head, error, ...(message === undefined ? {} : { message: shortMessage(message) }) });
      return true;
    });
  }

  #headOf(chain: Chain, t0: number): PageHead {
    const { reader, shard, start, isBegun } = chain;
    chain.isBegun = true;
    return { type: 'page', reader, chain: chain.chain, shard, t0, ...(isBegun ? {} : { from: start }) };
  }

  #write(page: PageHead & Partial<PageEvent>): void {
    const { reader } = page;
    if (!this.#readers.has(reader)) this.#options.write(this.#options.readerEvent(reader));
    this.#readers.add(reader);
    this.#options.write(page);
  }
}

type PageHead = Pick<PageEvent, 'type' | 'reader' | 'chain' | 'shard' | 'from'> & { readonly t0: number };

const childrenOf = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.flatMap((child: unknown) => textIn((child ?? {}) as Fields, 'ShardId') ?? []) : [];
