import type { LineSource, PartLine } from './part-reader.ts';

/** A line in a summary: its number, the items that it has (null: all), and its text. */
export type KeptLine = readonly [line: number, items: readonly number[] | null, text: string];

/** The lines of a summary, readable like a part. */
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
