/**
 * A map from strings to numbers that does not keep the strings: about 16 bytes per entry, so that a million places of
 * records fit into 24 MB. The key is a 64-bit hash of the string. Among a million strings, two collide with a
 * probability of 1 in 37 million.
 */
export class NumberTable {
  #high = new Int32Array(64);
  #low = new Int32Array(64);
  /** The number plus 1; 0 is an empty slot. */
  #values = new Float64Array(64);
  size = 0;

  get(text: string): number | undefined {
    const value = this.#values[this.#slotOf(text)] as number;
    return value === 0 ? undefined : value - 1;
  }

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  set(text: string, value: number): void {
    if (this.size * 3 >= this.#values.length * 2) this.#grow();
    const slot = this.#slotOf(text);
    if (this.#values[slot] === 0) this.size += 1;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#values[slot] = value + 1;
  }

  #slotOf(text: string): number {
    hashText(text);
    const mask = this.#values.length - 1;
    let slot = low & mask;
    while (this.#values[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [highs, lows, values] = [this.#high, this.#low, this.#values];
    const size = values.length * 2;
    const mask = size - 1;
    this.#high = new Int32Array(size);
    this.#low = new Int32Array(size);
    this.#values = new Float64Array(size);
    for (const [from, value] of values.entries()) {
      if (value === 0) continue;
      let slot = (lows[from] as number) & mask;
      while (this.#values[slot] !== 0) slot = (slot + 1) & mask;
      this.#high[slot] = highs[from] as number;
      this.#low[slot] = lows[from] as number;
      this.#values[slot] = value;
    }
  }
}

/**
 * The two halves of the last hash. They are variables, because returning a pair for each string would cost more than
 * the hash.
 */
let high = 0;
let low = 0;

/**
 * Two multiplicative hashes over the characters, each mixed into the other at the end (after cyrb53, public domain).
 */
const hashText = (text: string): void => {
  let [a, b] = [0xdeadbeef | 0, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  high = a;
  low = b;
};
