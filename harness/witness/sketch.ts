import type { Head, HistoryEvent, PutEntryEvent, ReadRecord } from '../model/event.ts';

export type Line = Head | HistoryEvent;

/** The identity of a record: producer, key and n, as one text; undefined if it has none. */
export const identityOf = (
  producer: string | undefined,
  key: string | undefined,
  n: number | undefined,
): string | undefined => (key === undefined || n === undefined ? undefined : `${flowName(producer, key)}\n${n}`);

export const flowName = (producer: string | undefined, key: string): string => `${producer ?? ''}\n${key}`;

export const identityOfEntry = (producer: string | undefined, { key, n }: PutEntryEvent): string | undefined =>
  identityOf(producer, key, n);

export const identityOfRead = ({ producer, idKey, key, n }: ReadRecord): string | undefined =>
  identityOf(producer, idKey ?? key, n);

/** Which lines are kept, and which items of puts and pages. An answer follows its put. */
export type Mask = { readonly lines: readonly boolean[]; readonly items: readonly (readonly boolean[])[] };

/** A line, or one item of a line (an entry of a put, a record of a page). */
export type Cell = readonly [line: number, item: number];
export const wholeLine = -1;

/** Some lines of a history, and how they depend on each other. */
export class Sketch {
  readonly lines: readonly Line[];
  readonly keepsAttempts: boolean;
  /** By op: the index of its put. */
  readonly puts = new Map<number, number>();

  /** `keepsAttempts`: all attempts of a record stay together, because an earlier failed put explains a later one. */
  constructor(lines: readonly Line[], keepsAttempts = false) {
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

export const itemsOf = (line: Line): readonly unknown[] =>
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
