import { flowName, type Line } from './sketch.ts';

/** The numbers of each flow in some lines. */
export class Numbers {
  readonly #flows = new Map<string, Set<number>>();

  take(line: Line): void {
    if (line.type === 'put') for (const { key, n } of line.entries) this.#note(line.producer, key, n);
    else if (line.type === 'page') {
      for (const { producer, idKey, key, n } of line.records ?? []) this.#note(producer, idKey ?? key, n);
    }
  }

  #note(producer: string | undefined, key: string | undefined, n: number | undefined): void {
    if (key === undefined || n === undefined) return;
    const name = flowName(producer, key);
    const known = this.#flows.get(name);
    if (known === undefined) this.#flows.set(name, new Set([n]));
    else known.add(n);
  }

  /** Ascending, each once. */
  of(flow: string): readonly number[] {
    return [...(this.#flows.get(flow) ?? [])].sort((a, b) => a - b);
  }

  get flows(): Iterable<string> {
    return this.#flows.keys();
  }
}

/**
 * Closes the gaps that the cutting made: each number falls by how many smaller ones were cut away. A gap that was
 * there before stays, because it may be the finding.
 */
export const renumbered = (lines: readonly Line[], before: Numbers): readonly Line[] => {
  const falls = fallsOf(lines, before);
  const fall = (producer: string | undefined, key: string | undefined, n: number | undefined): number | undefined =>
    key === undefined || n === undefined ? n : n - (falls.get(flowName(producer, key))?.get(n) ?? 0);
  const withN = <T extends { readonly n?: number }>(item: T, n: number | undefined): T =>
    n === undefined || n === item.n ? item : { ...item, n };
  return lines.map((line) => {
    if (line.type === 'put') {
      const entries = line.entries.map((entry) => withN(entry, fall(line.producer, entry.key, entry.n)));
      return { ...line, entries };
    }
    if (line.type !== 'page' || line.records === undefined) return line;
    const records = line.records.map((record) =>
      withN(record, fall(record.producer, record.idKey ?? record.key, record.n)),
    );
    return { ...line, records };
  });
};

/** By flow and remaining number: how many smaller ones are gone. */
const fallsOf = (lines: readonly Line[], before: Numbers): ReadonlyMap<string, ReadonlyMap<number, number>> => {
  const after = new Numbers();
  for (const line of lines) after.take(line);
  const falls = new Map<string, ReadonlyMap<number, number>>();
  for (const flow of after.flows) {
    const all = before.of(flow);
    const own = new Map<number, number>();
    let at = 0;
    for (const [index, n] of after.of(flow).entries()) {
      while ((all[at] ?? n) < n) at += 1;
      own.set(n, at - index);
    }
    falls.set(flow, own);
  }
  return falls;
};
