import type { Fact, ReadFact } from './fact.ts';
import { isBelow } from './is-below.ts';
import { type Given, Settled } from './settled.ts';

type Span = { first: string; last: string };
/** What each reader got of one shard, by reader. */
type Spans = Map<string, Span>;

/** `pending`: records not yet delivered to every application. `settled`: the latest records delivered to all. */
const limits = { pending: 500_000, settled: 100_000 } as const;

/**
 * For a dump with several applications: finds records that were delivered to one of them and not to another, although
 * that one got records before and after it in the same shard.
 */
export class Missed {
  readonly #max: { readonly pending: number; readonly settled: number };
  readonly #pending = new Map<string, Given>();
  readonly #settled: Settled;
  readonly #spans = new Map<string, Spans>();
  readonly #readers: Set<string>;
  #wasCleared = false;
  /** The number of records that may have been settled and are no longer remembered. */
  #uncompared = 0;

  /** Readers known before the first line. */
  constructor(readers: readonly string[], max: { readonly pending: number; readonly settled: number } = limits) {
    this.#readers = new Set(readers);
    this.#max = max;
    this.#settled = new Settled(max.settled);
  }

  take(fact: Fact): void {
    if (fact.kind !== 'read' || fact.reader === undefined) return;
    const { reader, shard, seq } = fact;
    if (shard === undefined || seq === undefined) return;
    this.#meet(reader);
    if (this.#wasCleared) return;
    this.#stretch(reader, shard, seq);
    const id = `${shard} ${seq} ${fact.sub ?? ''}`;
    // A redelivery, which at-least-once delivery allows.
    if (this.#settled.has(id)) return;
    const known = this.#pending.get(id);
    if (known !== undefined) known.by.add(reader);
    else if (this.#settled.mayHaveHad(shard, seq)) this.#uncompared += 1;
    else this.#pending.set(id, { fact, by: new Set([reader]) });
    this.#settle(id);
    if (this.#pending.size > this.#max.pending) this.#clear();
  }

  #meet(reader: string): void {
    if (this.#readers.has(reader)) return;
    this.#readers.add(reader);
    for (const [id, given] of this.#settled.takeAll()) this.#pending.set(id, given);
  }

  #settle(id: string): void {
    const given = this.#pending.get(id);
    if (given === undefined || this.#readers.size < 2 || given.by.size < this.#readers.size) return;
    this.#pending.delete(id);
    this.#settled.add(id, given);
  }

  /** Frees everything. Missed records are no longer detected. */
  #clear(): void {
    this.#wasCleared = true;
    this.#pending.clear();
    this.#settled.takeAll();
    this.#spans.clear();
  }

  #stretch(reader: string, shard: string, seq: string): void {
    const spans = this.#spans.get(shard) ?? new Map<string, Span>();
    this.#spans.set(shard, spans);
    const span = spans.get(reader);
    if (span === undefined) spans.set(reader, { first: seq, last: seq });
    else if (isBelow(seq, span.first)) span.first = seq;
    else if (isBelow(span.last, seq)) span.last = seq;
  }

  /** One sentence for each reader that missed something. */
  words(): readonly string[] {
    return [...this.#readers].flatMap((reader) => {
      const missed = [...this.#pending.values()].filter((pending) => this.#isMissed(reader, pending));
      const [first] = missed;
      if (first === undefined) return [];
      const more = missed.length === 1 ? '' : `, and ${missed.length - 1} more`;
      return [
        `${reader} did not get ${nameOf(first.fact)}, which ${[...first.by].join(' and ')} got, although it got records before and after it in that shard${more}. If it skips records by design, import its lines alone`,
      ];
    });
  }

  /** Sentences about what was not compared. Nothing is reported missing there. */
  notes(): readonly string[] {
    if (this.#readers.size < 2) return [];
    const sort = 'sort the lines of all applications by time to compare them';
    if (this.#wasCleared)
      return [
        `deliveries to the applications are not compared: they are more than ${this.#max.pending} records apart; ${sort}`,
      ];
    if (this.#uncompared === 0) return [];
    return [
      `${this.#uncompared} redelivered or late records of an application are not compared with the deliveries to the others: they are more than ${this.#max.settled} records apart; ${sort}`,
    ];
  }

  #isMissed(reader: string, { fact: { shard = '', seq = '' }, by }: Given): boolean {
    const span = this.#spans.get(shard)?.get(reader);
    return !by.has(reader) && span !== undefined && isBelow(span.first, seq) && isBelow(seq, span.last);
  }
}

const nameOf = ({ key, flow, n, shard, seq }: ReadFact): string =>
  `${JSON.stringify(flow ?? key ?? '')}${n === undefined ? '' : ` #${n}`} (${seq} of ${shard})`;
