const chunkBytes = 256 * 1024;
const newline = 0x0a;

/** Reads bytes into a buffer, like `readSync`; 0 at the end. */
export type ReadInto = (bytes: Buffer, at: number, length: number) => number;

/** Lines, one at a time. The bytes are valid until the next call. */
export class LineReader {
  readonly #read: ReadInto;
  #bytes = Buffer.alloc(chunkBytes);
  #from = 0;
  #filled = 0;

  constructor(read: ReadInto) {
    this.#read = read;
  }

  /** The next line without its newline; undefined at the end. */
  next(): Buffer | undefined {
    let looked = this.#from;
    for (;;) {
      const end = this.#bytes.subarray(0, this.#filled).indexOf(newline, looked);
      if (end >= 0) return this.#take(end);
      looked = this.#filled - this.#from;
      if (!this.#more()) return undefined;
    }
  }

  /** The bytes after the last newline. */
  rest(): Buffer {
    return this.#bytes.subarray(this.#from, this.#filled);
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
    const size = this.#read(this.#bytes, kept, this.#bytes.length - kept);
    this.#filled += size;
    return size > 0;
  }
}
