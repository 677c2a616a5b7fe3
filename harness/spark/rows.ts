import { readSync, writeSync } from 'node:fs';
import { codeOf } from '../lib/error.ts';
import { ByteRoom } from '../parts/byte-room.ts';
import { LineReader } from '../parts/line-reader.ts';

const tab = 0x09;

/**
 * The rows that Spark pipes to a command: one line each, with tabs between columns. The bytes are valid until the next
 * row. The last row may have no newline.
 */
export function* readRows(file: number): Generator<Buffer> {
  const lines = new LineReader((bytes, at, length) => patiently(() => readSync(file, bytes, at, length, null)));
  for (let row = lines.next(); row !== undefined; row = lines.next()) yield row;
  if (lines.rest().length > 0) yield lines.rest();
}

/** The first columns of a row. The last one contains the rest of the row. */
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
  readonly #room: ByteRoom;

  constructor(file: number) {
    this.#room = new ByteRoom((bytes, start, end) => {
      for (let at = start; at < end; ) at += patiently(() => writeSync(file, bytes, at, end - at));
    });
  }

  readonly emit: Emit = (...columns) => {
    for (const [index, column] of columns.entries()) {
      if (index > 0) this.#room.add(tabBytes);
      this.#room.add(typeof column === 'object' ? column : Buffer.from(String(column)));
    }
    this.#room.add(newlineBytes);
  };

  flush(): void {
    this.#room.flush();
  }
}

const tabBytes = Uint8Array.of(tab);
const newlineBytes = Uint8Array.of(0x0a);

/** Tries again every 2 ms while a non-blocking pipe throws EAGAIN. */
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
