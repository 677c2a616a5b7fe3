import type { HistoryLine, Identity } from '../model/event.ts';
import { orderedBy } from '../model/ordered-by.ts';
import { namedBy } from './sketch.ts';

/** The numbers in some lines, by counter: the head says what a counter counts over. */
export class Numbers {
  readonly #counters = new Map<string, Set<number>>();
  scope: Identity['scope'];

  take(line: HistoryLine): void {
    if (line.type === 'head') this.scope = line.identity?.scope;
    else if (line.type === 'put') for (const entry of line.entries) this.#note(namedBy(line.producer, entry));
    else if (line.type === 'page') for (const record of line.records ?? []) this.#note(record);
  }

  #note(named: Counted): void {
    const counter = counterOf(named, this.scope);
    if (counter === undefined || named.n === undefined) return;
    const known = this.#counters.get(counter);
    if (known === undefined) this.#counters.set(counter, new Set([named.n]));
    else known.add(named.n);
  }

  /** Ascending, each once. */
  of(counter: string): readonly number[] {
    return [...(this.#counters.get(counter) ?? [])].sort((a, b) => a - b);
  }

  get counters(): Iterable<string> {
    return this.#counters.keys();
  }
}

type Counted = ReturnType<typeof namedBy>;

/** Contract, 6: a counter per producer and flow (or key), over all producers, or over all keys of a producer. */
const counterOf = (named: Counted, scope: Identity['scope']): string | undefined => {
  const flow = orderedBy(named);
  if (flow === undefined) return undefined;
  return `${scope === 'key' ? '' : (named.producer ?? '')}\n${scope === 'producer' ? '' : flow}`;
};

/**
 * Closes the gaps that the cutting made: each number falls by how many smaller ones were cut away. A gap that was
 * there before stays, because it may be the finding.
 */
export const renumbered = (lines: readonly HistoryLine[], before: Numbers): readonly HistoryLine[] => {
  const falls = fallsOf(lines, before);
  const lowered = <T extends { readonly n?: number }>(item: T, named: Counted): T => {
    const by = falls.get(counterOf(named, before.scope) ?? '')?.get(named.n ?? -1) ?? 0;
    return by === 0 || item.n === undefined ? item : { ...item, n: item.n - by };
  };
  return lines.map((line) => {
    if (line.type === 'put') {
      const entries = line.entries.map((entry) => lowered(entry, namedBy(line.producer, entry)));
      return { ...line, entries };
    }
    if (line.type !== 'page' || line.records === undefined) return line;
    return { ...line, records: line.records.map((record) => lowered(record, record)) };
  });
};

/** By counter and remaining number: how many smaller ones are gone. */
const fallsOf = (lines: readonly HistoryLine[], before: Numbers): ReadonlyMap<string, ReadonlyMap<number, number>> => {
  const after = new Numbers();
  after.scope = before.scope;
  for (const line of lines) after.take(line);
  const falls = new Map<string, ReadonlyMap<number, number>>();
  for (const counter of after.counters) {
    const all = before.of(counter);
    const own = new Map<number, number>();
    let at = 0;
    for (const [index, n] of after.of(counter).entries()) {
      while ((all[at] ?? n) < n) at += 1;
      own.set(n, at - index);
    }
    falls.set(counter, own);
  }
  return falls;
};
