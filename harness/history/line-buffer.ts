const firstBytes = 16 * 1024;

/**
 * Lines that wait to be written, as bytes. Strings would be joined and encoded once more, and would live long enough
 * to make garbage collection expensive.
 */
export class LineBuffer {
  #bytes: Buffer = Buffer.allocUnsafeSlow(firstBytes);
  /** The buffer that was written last. It is reused. */
  #spare: Buffer | undefined;
  size = 0;

  add(text: string): void {
    const needed = this.size + text.length * 3;
    if (needed > this.#bytes.length) this.#grow(Math.max(needed, this.#bytes.length * 2));
    this.size += this.#bytes.write(text, this.size);
  }

  /** Takes all waiting bytes. The buffer that is returned stays unchanged until `giveBack`. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.size);
    this.#bytes = this.#spare ?? Buffer.allocUnsafeSlow(this.#bytes.length);
    this.#spare = undefined;
    this.size = 0;
    return taken;
  }

  giveBack({ buffer }: Buffer): void {
    this.#spare = Buffer.from(buffer);
  }

  #grow(size: number): void {
    const larger = Buffer.allocUnsafeSlow(size);
    this.#bytes.copy(larger, 0, 0, this.size);
    this.#bytes = larger;
  }
}
