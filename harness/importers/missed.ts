import { compareSequence } from '../model/sequence-number.ts';
import type { Fact, ReadFact } from './fact.ts';

type Pending = { readonly fact: ReadFact; readonly by: Set<string> };
type Span = { first: string; last: string };
/** Of one shard, by the reader. */
type Spans = Map<string, Span>;

/** So many records are kept that not every reader was given yet. */
const pendingMax = 500_000;

/**
 * Where a dump has several applications: records that one of them was given, and another was not, although that one
 * was given records before and behind it in the same shard.
 */
export class Missed {
  readonly #pending = new Map<string, Pending>();
  readonly #spans = new Map<string, Spans>();
  readonly #readers: Set<string>;
  #isTooMany = false;

  /** Readers that are known before the first line is read. */
  constructor(readers: readonly string[]) {
    this.#readers = new Set(readers);
  }

  take(fact: Fact): void {
    if (fact.kind !== 'read' || fact.reader === undefined || this.#isTooMany) return;
    const { reader, shard, seq } = fact;
    if (shard === undefined || seq === undefined) return;
    this.#readers.add(reader);
    this.#stretch(reader, shard, seq);
    const id = `${shard} ${seq} ${fact.sub ?? ''}`;
    const known = this.#pending.get(id) ?? { fact, by: new Set<string>() };
    known.by.add(reader);
    if (this.#readers.size > 1 && known.by.size === this.#readers.size) this.#pending.delete(id);
    else this.#pending.set(id, known);
    if (this.#pending.size > pendingMax) this.#giveUp();
  }

  #giveUp(): void {
    this.#isTooMany = this.#readers.size > 1;
    this.#pending.clear();
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
    if (this.#isTooMany)
      return [
        `what one application was given and another was not is not compared: more than ${pendingMax} records lie between them`,
      ];
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

  #isMissed(reader: string, { fact: { shard = '', seq = '' }, by }: Pending): boolean {
    const span = this.#spans.get(shard)?.get(reader);
    return !by.has(reader) && span !== undefined && isBelow(span.first, seq) && isBelow(seq, span.last);
  }
}

const nameOf = ({ key, flow, n, shard, seq }: ReadFact): string =>
  `${JSON.stringify(flow ?? key ?? '')}${n === undefined ? '' : ` #${n}`} (${seq} of ${shard})`;

/** Numbers of one stream mostly have one length. */
const isBelow = (a: string, b: string): boolean =>
  a.length === b.length && !a.startsWith('0') && !b.startsWith('0') ? a < b : compareSequence(a, b) < 0;
