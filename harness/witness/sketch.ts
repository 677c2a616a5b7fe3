import type { HistoryLine, PutEntryEvent, ReadRecord } from '../model/event.ts';
import { orderedBy } from '../model/ordered-by.ts';

/** The parts of a record's identity, as an entry of a put or a record of a page has them. */
type Named = {
  readonly producer?: string | undefined;
  readonly flow?: string | undefined;
  readonly idKey?: string | undefined;
  readonly key?: string | undefined;
  readonly n?: number | undefined;
};

/** The parts of an entry's identity. `producer`: that of its put, which the entry's own overrides. */
export const namedBy = (producer: string | undefined, entry: PutEntryEvent): Named => ({
  ...entry,
  producer: entry.producer ?? producer,
});

/** The identity of a record: producer, flow or key, and n, as one text; undefined if it has none. */
const identityOf = (named: Named): string | undefined => {
  const flow = orderedBy(named);
  return flow === undefined || named.n === undefined ? undefined : `${named.producer ?? ''}\n${flow}\n${named.n}`;
};

export const identityOfEntry = (producer: string | undefined, entry: PutEntryEvent): string | undefined =>
  identityOf(namedBy(producer, entry));

export const identityOfRead = (record: ReadRecord): string | undefined => identityOf(record);

/** Which lines are kept, and which items of puts and pages. An answer follows its put. */
export type Mask = { readonly lines: readonly boolean[]; readonly items: readonly (readonly boolean[])[] };

/** A line, or one item of a line (an entry of a put, a record of a page). */
export type Cell = readonly [line: number, item: number];
export const wholeLine = -1;

/** Some lines of a history, and how they depend on each other. */
export class Sketch {
  readonly lines: readonly HistoryLine[];
  readonly keepsAttempts: boolean;
  /** By op: the index of its put. */
  readonly puts = new Map<number, number>();

  /** `keepsAttempts`: all attempts of a record stay together, because an earlier failed put explains a later one. */
  constructor(lines: readonly HistoryLine[], keepsAttempts = false) {
    this.lines = lines;
    this.keepsAttempts = keepsAttempts;
    for (const [index, line] of lines.entries()) if (line.type === 'put') this.puts.set(line.op, index);
  }

  everything(): Mask {
    return {
      lines: this.lines.map(() => true),
      items: this.lines.map((line) => itemsOf(line).map(() => true)),
    };
  }
}

export const itemsOf = (line: HistoryLine): readonly unknown[] =>
  line.type === 'put' ? line.entries : line.type === 'page' ? (line.records ?? []) : [];

export const without = (mask: Mask, cells: readonly Cell[]): Mask => {
  const lines = [...mask.lines];
  const items = new Map<number, boolean[]>();
  for (const [line, item] of cells) {
    if (item === wholeLine) lines[line] = false;
    else {
      const own = items.get(line) ?? [...(mask.items[line] ?? [])];
      own[item] = false;
      items.set(line, own);
    }
  }
  return { lines, items: mask.items.map((own, line) => items.get(line) ?? own) };
};
