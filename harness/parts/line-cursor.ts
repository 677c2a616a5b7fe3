import { closeSync, openSync, readSync } from 'node:fs';
import { HarnessError, messageOf } from '../lib/error.ts';
import { LineReader } from './line-reader.ts';

/** The lines of a file, one at a time. The bytes are valid until the next call. */
export class LineCursor {
  readonly path: string;
  readonly #file: number;
  readonly #lines = new LineReader((bytes, at, length) => readSync(this.#file, bytes, at, length, null));

  constructor(path: string) {
    this.path = path;
    try {
      this.#file = openSync(path, 'r');
    } catch (thrown) {
      throw new HarnessError('usage', `cannot read the part ${path}: ${messageOf(thrown)}`, { cause: thrown });
    }
  }

  /** The next line without its newline; undefined at the end. */
  next(): Buffer | undefined {
    return this.#lines.next();
  }

  close(): void {
    closeSync(this.#file);
  }
}
