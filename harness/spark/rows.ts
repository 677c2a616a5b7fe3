import { readSync, writeSync } from 'node:fs';
import { codeOf } from '../lib/error.ts';

const newline = 0x0a;
const tab = 0x09;
const roomBytes = 1024 * 1024;

/**
 * The rows that Spark hands to a command: a line each, columns with tabs between. Bytes stay until the next is asked
 * for.
 */
export function* readRows(file: number): Generator<Buffer> {
  let bytes: Buffer = Buffer.alloc(roomBytes);
  let [from, filled] = [0, 0];
  for (;;) {
    for (;;) {
      const end = bytes.indexOf(newline, from);
      if (end < 0 || end >= filled) break;
      yield bytes.subarray(from, end);
      from = end + 1;
    }
    bytes = roomBehind(bytes, from, filled);
    filled -= from;
    from = 0;
    const size = patiently(() => readSync(file, bytes, filled, bytes.length - filled, null));
    if (size === 0) break;
    // What stands behind is of rows before.
    bytes.fill(0, filled + size, Math.min(bytes.length, filled + size + 1));
    filled += size;
  }
  if (filled > 0) yield bytes.subarray(0, filled);
}

/** What is left of a row at its beginning, and room behind it. */
const roomBehind = (bytes: Buffer, from: number, filled: number): Buffer => {
  const kept = filled - from;
  const own = kept + roomBytes > bytes.length ? Buffer.alloc(kept * 2 + roomBytes) : bytes;
  bytes.copy(own, 0, from, filled);
  return own;
};

/** The first columns of a row; the last one has all that stands behind. */
export const columnsOf = (row: Buffer, count: number): readonly Buffer[] => {
  const columns: Buffer[] = [];
  let from = 0;
  for (let column = 1; column < count; column += 1) {
    const end = row.indexOf(tab, from);
    if (end < 0) throw new Error(`a row has ${column} columns instead of ${count}: ${row.toString('utf8', 0, 80)}`);
    columns.push(row.subarray(from, end));
    from = end + 1;
  }
  columns.push(row.subarray(from));
  return columns;
};

export type Emit = (...columns: readonly (string | number | Uint8Array)[]) => void;

/** Writes rows, a megabyte at a time. */
export class RowFile {
  readonly #file: number;
  #rows: Uint8Array[] = [];
  #size = 0;

  constructor(file: number) {
    this.#file = file;
  }

  readonly emit: Emit = (...columns) => {
    for (const [index, column] of columns.entries()) {
      if (index > 0) this.#add(tabBytes);
      // A copy: what is handed in stays only until the next row is read.
      this.#add(typeof column === 'object' ? Uint8Array.from(column) : Buffer.from(String(column)));
    }
    this.#add(newlineBytes);
    if (this.#size > roomBytes) this.flush();
  };

  flush(): void {
    const bytes = Buffer.concat(this.#rows);
    this.#rows = [];
    this.#size = 0;
    for (let at = 0; at < bytes.length; ) at += patiently(() => writeSync(this.#file, bytes, at));
  }

  #add(bytes: Uint8Array): void {
    this.#rows.push(bytes);
    this.#size += bytes.length;
  }
}

const tabBytes = Uint8Array.of(tab);
const newlineBytes = Uint8Array.of(newline);

/** A pipe that does not wait says so. */
const patiently = <T>(what: () => T): T => {
  for (;;) {
    try {
      return what();
    } catch (thrown) {
      if (codeOf(thrown) !== 'EAGAIN') throw thrown;
      Atomics.wait(pause, 0, 0, 2);
    }
  }
};
const pause = new Int32Array(new SharedArrayBuffer(4));
