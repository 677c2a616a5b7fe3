import { closeSync, openSync, readSync } from 'node:fs';
import { HarnessError, messageOf } from '../lib/error.ts';

const chunkBytes = 256 * 1024;
const newline = 0x0a;

/** The lines of a file, one after the other; bytes stay until the next is asked for. */
export class LineCursor {
  readonly path: string;
  readonly #file: number;
  #bytes = Buffer.alloc(chunkBytes);
  #from = 0;
  #filled = 0;

  constructor(path: string) {
    this.path = path;
    try {
      this.#file = openSync(path, 'r');
    } catch (thrown) {
      throw new HarnessError('usage', `cannot read the part ${path}: ${messageOf(thrown)}`, { cause: thrown });
    }
  }

  /** Without its newline; undefined: there is none any more. */
  next(): Buffer | undefined {
    let looked = this.#from;
    for (;;) {
      const end = this.#bytes.subarray(0, this.#filled).indexOf(newline, looked);
      if (end >= 0) return this.#take(end);
      looked = this.#filled - this.#from;
      if (!this.#more()) return undefined;
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #take(end: number): Buffer {
    const line = this.#bytes.subarray(this.#from, end);
    this.#from = end + 1;
    return line;
  }

  #more(): boolean {
    const kept = this.#filled - this.#from;
    const larger =
      kept + chunkBytes > this.#bytes.length ? Buffer.alloc(kept * 2 + chunkBytes) : Buffer.alloc(this.#bytes.length);
    this.#bytes.copy(larger, 0, this.#from, this.#filled);
    this.#bytes = larger;
    this.#from = 0;
    this.#filled = kept;
    const size = readSync(this.#file, this.#bytes, kept, this.#bytes.length - kept, null);
    this.#filled += size;
    return size > 0;
  }
}
