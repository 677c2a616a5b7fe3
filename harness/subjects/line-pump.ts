import { Buffer } from 'node:buffer';

/** The longest line. A page of GetRecords has up to 10 MB, and its payloads are base64 in a line. */
const lineBytesMax = 32 * 1024 * 1024;
const newline = 0x0a;

export type LinePumpOptions = {
  readonly onLine: (line: string) => void;
  /** Called for each line that was dropped because it is longer than any page of records. */
  readonly onTooLong: () => void;
};

/** Splits chunks into complete lines. Holds at most one line. */
export class LinePump {
  readonly #options: LinePumpOptions;
  #parts: Buffer[] = [];
  #bytes = 0;
  #isTooLong = false;

  constructor(options: LinePumpOptions) {
    this.#options = options;
  }

  feed(chunk: Buffer): void {
    let begin = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, begin)) {
      this.#keep(chunk.subarray(begin, end));
      this.#tell();
      begin = end + 1;
    }
    // A copy, so that the rest does not keep the chunk alive.
    if (begin < chunk.length) this.#keep(Buffer.from(chunk.subarray(begin)));
  }

  /** Call it at the end of the source. Text after the last newline is a line, too. */
  end(): void {
    if (this.#bytes > 0 || this.#isTooLong) this.#tell();
  }

  #keep(part: Buffer): void {
    if (this.#isTooLong) return;
    this.#bytes += part.length;
    if (this.#bytes <= lineBytesMax) return void this.#parts.push(part);
    this.#isTooLong = true;
    this.#parts = [];
  }

  #tell(): void {
    const line = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
    const isTooLong = this.#isTooLong;
    this.#parts = [];
    this.#bytes = 0;
    this.#isTooLong = false;
    if (isTooLong) this.#options.onTooLong();
    else this.#options.onLine(line.toString('utf8'));
  }
}
