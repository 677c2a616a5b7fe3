import type { IteratorStart } from '../model/event.ts';
import { ReaderNames } from './reader-names.ts';
import { Recent } from './recent.ts';

/** One iterator and its successors. */
export type Chain = {
  readonly reader: string;
  readonly chain: number;
  readonly shard: string;
  /** Where the chain began. Its first page has this start. */
  readonly start: IteratorStart;
  isBegun: boolean;
  /** The sequence number of the last record that was delivered. */
  last: string | undefined;
};

/**
 * The number of iterators that are remembered, including used ones. An iterator expires after five minutes (API
 * reference, GetShardIterator).
 */
const iteratorsMax = 20_000;

type Issued = { readonly chain: Chain; readonly last: string | undefined; isUsed: boolean };

/** Maps each iterator of a stream to its reader and chain. */
export class Chains {
  readonly #nextChain: () => number;
  readonly #issued = new Recent<Issued>(iteratorsMax);
  readonly #readers = new ReaderNames();

  constructor(nextChain: () => number) {
    this.#nextChain = nextChain;
  }

  /** Begins a chain. Call it when a client got an iterator, or subscribed. */
  begin(client: string, shard: string, start: IteratorStart): Chain {
    const reader = this.#readers.readerOf(client, shard, start);
    return { reader, chain: this.#nextChain(), shard, start, isBegun: false, last: undefined };
  }

  issue(iterator: string, chain: Chain): void {
    this.#issued.set(iterator, { chain, last: chain.last, isUsed: false });
  }

  has(iterator: string): boolean {
    return this.#issued.get(iterator) !== undefined;
  }

  /**
   * The chain that a GetRecords continues; undefined for an unknown iterator. An iterator that is used again begins a
   * new chain: AFTER the last record that had been delivered when it was issued, else at the start of its chain.
   */
  use(iterator: string): Chain | undefined {
    const issued = this.#issued.get(iterator);
    if (issued === undefined) return undefined;
    const { chain, last, isUsed } = issued;
    if (!isUsed) {
      issued.isUsed = true;
      return chain;
    }
    const start: IteratorStart = last === undefined ? chain.start : { type: 'AFTER_SEQUENCE_NUMBER', seq: last };
    return { ...chain, chain: this.#nextChain(), start, isBegun: false, last: undefined };
  }

  /**
   * Notes how far the chain has read. `continuation`: the sequence number from which a subscription may be resumed.
   */
  delivered(chain: Chain, last: string | undefined, continuation?: string): void {
    if (last !== undefined) chain.last = last;
    for (const seq of [last, continuation])
      if (seq !== undefined) this.#readers.reached(chain.reader, chain.shard, seq);
  }
}
