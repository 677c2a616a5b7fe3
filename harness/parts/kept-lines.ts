import type { LineSource, PartLine } from './part-reader.ts';

/** A line that a summary carries: its number, which of its items it has where it has not all, and its text. */
export type KeptLine = readonly [line: number, items: readonly number[] | null, text: string];

/** The lines that a summary carries, as a part is read. */
export class KeptLines implements LineSource {
  readonly #lines: readonly KeptLine[];
  #at = 0;

  constructor(lines: readonly KeptLine[]) {
    this.#lines = [...lines].sort(([one], [other]) => one - other);
  }

  get now(): PartLine | undefined {
    const kept = this.#lines[this.#at];
    if (kept === undefined) return undefined;
    const [line, items, text] = kept;
    return { line, items: items ?? undefined, bytes: Buffer.from(text) };
  }

  step(): void {
    this.#at += 1;
  }

  close(): void {
    this.#at = this.#lines.length;
  }
}
