import type { Fact, ReadFact } from './fact.ts';
import { isBelow } from './is-below.ts';
import { type Given, Settled } from './settled.ts';

type Span = { first: string; last: string };
/** Of one shard, by the reader. */
type Spans = Map<string, Span>;

/** `pending`: records that not every application was given yet. `settled`: the last of those that all were given. */
const limits = { pending: 500_000, settled: 100_000 } as const;

/**
 * Where a dump has several applications: records that one of them was given, and another was not, although that one
 * was given records before and behind it in the same shard.
 */
export class Missed {
  readonly #max: { readonly pending: number; readonly settled: number };
  readonly #pending = new Map<string, Given>();
  readonly #settled: Settled;
  readonly #spans = new Map<string, Spans>();
  readonly #readers: Set<string>;
  #wasCleared = false;
  /** Records that may have been settled, and are forgotten. */
  #uncompared = 0;

  /** Readers that are known before the first line is read. */
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
    // Given again: a consumer may be, at least once is what it is promised.
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

  /** From here on nobody can say who was not given what, whoever else appears. */
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
        `${reader} was not given ${nameOf(first.fact)}, which ${[...first.by].join(' and ')} was given, although it was given records before and behind it there${more}. If it leaves records out by design, import its lines alone`,
      ];
    });
  }

  /** What was not compared: nothing is known to be missing there. */
  notes(): readonly string[] {
    if (this.#readers.size < 2) return [];
    const sort = 'sort the lines of all applications by their time to have it compared';
    if (this.#wasCleared)
      return [
        `what one application was given and another was not is not compared: more than ${this.#max.pending} records lie between them; ${sort}`,
      ];
    if (this.#uncompared === 0) return [];
    return [
      `${this.#uncompared} records that an application was given again, or late, are not compared with what the others were given: more than ${this.#max.settled} records lie between; ${sort}`,
    ];
  }

  #isMissed(reader: string, { fact: { shard = '', seq = '' }, by }: Given): boolean {
    const span = this.#spans.get(shard)?.get(reader);
    return !by.has(reader) && span !== undefined && isBelow(span.first, seq) && isBelow(seq, span.last);
  }
}

const nameOf = ({ key, flow, n, shard, seq }: ReadFact): string =>
  `${JSON.stringify(flow ?? key ?? '')}${n === undefined ? '' : ` #${n}`} (${seq} of ${shard})`;
