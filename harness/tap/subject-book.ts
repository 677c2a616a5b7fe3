import type { EventBody, IteratorStart, Owes, ReaderEvent, ReadRecord, SubjectEvent } from '../model/event.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';

export type SubjectBookOptions = {
  /** Of the history: stamps `t`. */
  readonly write: (event: EventBody) => number;
  readonly now: () => number;
  readonly nextChain: () => number;
  /** The reader's name in the history. */
  readonly reader: string;
  /** Readers of one group are one application. Left out: this reader alone. */
  readonly group?: string;
  /** What the application has to handle. Left out: nothing is said of it. */
  readonly owes?: Owes;
} & Pick<ReaderEvent, 'filter' | 'aggregates'>;

/** Who is at work, and where. */
export type Hand = { readonly shard: string; readonly worker?: string; readonly lane?: string | number };

type SubjectFields = Pick<SubjectEvent, 'seq' | 'sub' | 'at' | 'to' | 'message'>;

/**
 * One application under test, or one instance of it: what it was given and what it says, as events of a history.
 * Makes no claims, reads no clock of its own.
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
   * A worker begins a shard. What it is given from here on is a chain of its own, in every lane. `at`: TRIM_HORIZON,
   * LATEST, or the number of the checkpoint that it resumes after.
   */
  start(hand: Hand, at: string | undefined, sub?: number): void {
    const t = this.#options.now();
    this.#forget(hand);
    this.#starts.set(ownerOf(hand), startOf(at, sub, t));
    this.#write(hand, 'start', { ...(at === undefined ? {} : { at }), ...(sub === undefined ? {} : { sub }) });
  }

  /** A new process: it goes on with nothing. */
  forget(): void {
    this.#chains.clear();
    this.#starts.clear();
    this.#begun.clear();
  }

  /**
   * The same records are given again on purpose (a retry, a bisected batch): what follows is a new chain, without a
   * `start`.
   */
  again(hand: Hand): void {
    this.#chains.delete(laneOf(hand));
  }

  /** Before the application works on them. Answers the line's `t`. */
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

  /** Without `seq`: of the shard as a whole. One `done` a record, or one for an aggregate. */
  report(
    hand: Hand,
    event: 'done' | 'failed' | 'checkpoint' | 'discard' | 'lost' | 'end',
    fields: SubjectFields = {},
  ): void {
    this.#write(hand, event, fields);
    if (event === 'lost' || event === 'end') this.#forget(hand);
  }

  /** The harness has waited until all that the application owes was handled. */
  complete(): void {
    const { reader, write } = this.#options;
    write({ type: 'subject', reader, event: 'complete' });
  }

  #write({ shard, worker }: Hand, event: SubjectEvent['event'], fields: SubjectFields): void {
    const { reader, write } = this.#options;
    write({ type: 'subject', reader, ...(worker === undefined ? {} : { worker }), event, shard, ...fields });
  }

  /** A lane's first page begins where the worker started. Otherwise that place is not known. */
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
