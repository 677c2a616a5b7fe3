const roomBytes = 1024 * 1024;

/** Buffers bytes and writes them a megabyte at a time. Added bytes are copied at once. */
export class ByteRoom {
  readonly #write: (bytes: Uint8Array, start: number, end: number) => void;
  readonly #room = new Uint8Array(roomBytes);
  #used = 0;

  constructor(write: (bytes: Uint8Array, start: number, end: number) => void) {
    this.#write = write;
  }

  add(bytes: Uint8Array, start = 0, end = bytes.length): void {
    if (this.#used + end - start > roomBytes) this.flush();
    if (end - start > roomBytes) return this.#write(bytes, start, end);
    if (end - start < 64) for (let at = start; at < end; at += 1) this.#room[this.#used + at - start] = bytes[at] ?? 0;
    else this.#room.set(bytes.subarray(start, end), this.#used);
    this.#used += end - start;
  }

  /** Writes the buffered bytes. */
  flush(): void {
    if (this.#used > 0) this.#write(this.#room, 0, this.#used);
    this.#used = 0;
  }
}
