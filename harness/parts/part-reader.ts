import { HarnessError } from '../lib/error.ts';
import { LineCursor } from './line-cursor.ts';
import { linesEnding, type PartHead, partEnding } from './part-head.ts';

/** A line of a part: its number in the history, and the items that it has (undefined: all). */
export type PartLine = { readonly line: number; readonly items: readonly number[] | undefined; readonly bytes: Buffer };

export const stemOf = (path: string): string => (path.endsWith(partEnding) ? path.slice(0, -partEnding.length) : path);

/** A source of lines: `now` is the current line, and `step` moves to the next one. */
export type LineSource = {
  readonly now: PartLine | undefined;
  readonly step: () => void;
  readonly close: () => void;
};

/** Reads a part and its sidecar, line by line. */
export class PartReader implements LineSource {
  readonly head: PartHead;
  readonly #lines: LineCursor;
  readonly #rows: LineCursor;
  now: PartLine | undefined;

  constructor(path: string) {
    const stem = stemOf(path);
    this.#rows = new LineCursor(`${stem}${linesEnding}`);
    this.head = headOf(this.#rows.next(), this.#rows.path);
    this.#lines = new LineCursor(`${stem}${partEnding}`);
    this.step();
  }

  step(): void {
    const [row, bytes] = [this.#rows.next()?.toString('latin1'), this.#lines.next()];
    if ((row === undefined) !== (bytes === undefined))
      throw new HarnessError('usage', `${this.#lines.path} and ${this.#rows.path} do not have the same lines`, {
        hint: 'split the history again',
      });
    this.now = row === undefined || bytes === undefined ? undefined : { ...rowOf(row), bytes };
  }

  close(): void {
    this.#rows.close();
    this.#lines.close();
  }
}

const rowOf = (row: string): Pick<PartLine, 'line' | 'items'> => {
  const at = row.indexOf(':');
  if (at < 0) return { line: Number(row), items: undefined };
  return {
    line: Number(row.slice(0, at)),
    items: row
      .slice(at + 1)
      .split(',')
      .map(Number),
  };
};

const headOf = (row: Buffer | undefined, path: string): PartHead => {
  try {
    const head = JSON.parse(row?.toString('utf8') ?? '') as PartHead;
    if (head.format === 'kinesis-order-part' && head.version === 1) return head;
  } catch {
    // Said below.
  }
  throw new HarnessError('usage', `${path}: is not a sidecar that split wrote`, {
    hint: 'kinesis-order split HISTORY --parts N writes parts',
  });
};
