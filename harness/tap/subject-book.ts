import type { EventBody, IteratorStart, Owes, ReaderEvent, ReadRecord, SubjectEvent } from '../model/event.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';

export type SubjectBookOptions = {
  /** Writes to the history, and returns the `t` of the line. */
  readonly write: (event: EventBody) => number;
  readonly now: () => number;
  readonly nextChain: () => number;
  /** The reader's name in the history. */
  readonly reader: string;
  /** Readers of one group are one application. Default: only this reader. */
  readonly group?: string;
  /** What the application has to handle. Default: unspecified. */
  readonly owes?: Owes;
} & Pick<ReaderEvent, 'filter' | 'aggregates'>;

/** A worker of a subject, the shard it works on, and its lane. */
export type Hand = { readonly shard: string; readonly worker?: string; readonly lane?: string | number };

type SubjectFields = Pick<SubjectEvent, 'seq' | 'sub' | 'at' | 'to' | 'message'>;

/**
 * Writes the events of one application under test, or of one instance: what was delivered to it, and what it reports.
 * It does not judge, and has no clock of its own.
 */
export class SubjectBook {
  readonly #options: SubjectBookOptions;
  readonly #chains = new Map<string, number>();
  readonly #starts = new Map<string, IteratorStart>();
  readonly #begun = new Set<string>();

  constructor(options: SubjectBookOptions) {
    this.#options = options;
    const { reader, group, owes, filter, aggregates } = options;
    options.write({
      type: 'reader',
      reader,
      role: 'subject',
      ...(group === undefined || group === reader ? {} : { group }),
      ...(owes === undefined ? {} : { owes }),
      ...(filter === undefined ? {} : { filter }),
      ...(aggregates === undefined ? {} : { aggregates }),
    });
  }

  /**
   * Writes that a worker starts a shard. Its later deliveries are a new chain, in every lane. `at`: TRIM_HORIZON,
   * LATEST, or the sequence number of the checkpoint that it resumes after.
   */
  start(hand: Hand, at: string | undefined, sub?: number): void {
    const t = this.#options.now();
    this.#forget(hand);
    this.#starts.set(ownerOf(hand), startOf(at, sub, t));
    this.#write(hand, 'start', { ...(at === undefined ? {} : { at }), ...(sub === undefined ? {} : { sub }) });
  }

  /** Forgets all chains. Call it when a new process begins, because it continues none. */
  forget(): void {
    this.#chains.clear();
    this.#starts.clear();
    this.#begun.clear();
  }

  /**
   * Call it when the same records are delivered again on purpose (a retry, a bisected batch): the next page begins a
   * new chain, without a `start`.
   */
  again(hand: Hand): void {
    this.#chains.delete(laneOf(hand));
  }

  /** Writes a page of records. Call it before the application works on them. Returns the `t` of the line. */
  deliver(hand: Hand, records: readonly ReadRecord[]): number {
    const { reader, nextChain, write } = this.#options;
    const lane = laneOf(hand);
    const known = this.#chains.get(lane);
    const chain = known ?? nextChain();
    this.#chains.set(lane, chain);
    const t = this.#options.now();
    const from = known === undefined ? { from: this.#fromOf(hand, t) } : {};
    this.#begun.add(lane);
    return write({ type: 'page', reader, chain, ...hand, t0: t, ...from, records });
  }

  /** Without `seq`, the report is about the shard. Write one `done` per record, or one for an aggregate. */
  report(
    hand: Hand,
    event: 'done' | 'failed' | 'checkpoint' | 'discard' | 'lost' | 'end',
    fields: SubjectFields = {},
  ): void {
    this.#write(hand, event, fields);
    if (event === 'lost' || event === 'end') this.#forget(hand);
  }

  /** Call it after the application has handled everything that it owes. */
  complete(): void {
    const { reader, write } = this.#options;
    write({ type: 'subject', reader, event: 'complete' });
  }

  #write({ shard, worker }: Hand, event: SubjectEvent['event'], fields: SubjectFields): void {
    const { reader, write } = this.#options;
    write({ type: 'subject', reader, ...(worker === undefined ? {} : { worker }), event, shard, ...fields });
  }

  /** The first page of a lane begins where the worker started. For later chains the start is unknown. */
  #fromOf(hand: Hand, t: number): IteratorStart {
    const start = this.#begun.has(laneOf(hand)) ? undefined : this.#starts.get(ownerOf(hand));
    return start ?? { type: 'UNKNOWN', t0: t, t };
  }

  #forget(hand: Hand): void {
    const owner = ownerOf(hand);
    this.#starts.delete(owner);
    for (const known of [this.#chains, this.#begun])
      for (const lane of known.keys()) if (lane.startsWith(`${owner} `)) known.delete(lane);
  }
}

const ownerOf = ({ shard, worker = '' }: Hand): string => JSON.stringify([shard, worker]);
const laneOf = (hand: Hand): string => `${ownerOf(hand)} ${hand.lane ?? ''}`;

const startOf = (at: string | undefined, sub: number | undefined, t: number): IteratorStart => {
  if (at === 'TRIM_HORIZON' || at === 'LATEST') return { type: at, t0: t, t };
  if (!isSequenceNumber(at)) return { type: 'UNKNOWN', t0: t, t };
  return { type: 'AFTER_SEQUENCE_NUMBER', seq: at, ...(sub === undefined ? {} : { sub }), t0: t, t };
};
