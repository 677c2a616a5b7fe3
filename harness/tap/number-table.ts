import { hash } from 'node:crypto';

/**
 * Numbers by text, without the texts: 16 bytes each and some air, so that a million places of records fit into 24 MB. A text is known by 64 bits of a hash over it, which two of a
 * million texts share with a chance of 1 in 37 million.
 */
export class NumberTable {
  #keys = new BigUint64Array(64);
  /** The number and 1; 0 is an empty slot. */
  #values = new Float64Array(64);
  size = 0;

  get(text: string): number | undefined {
    const value = this.#values[this.#slotOf(keyOf(text))] as number;
    return value === 0 ? undefined : value - 1;
  }

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  set(text: string, value: number): void {
    if (this.size * 3 >= this.#values.length * 2) this.#grow();
    this.#put(keyOf(text), value + 1);
  }

  #put(key: bigint, value: number): void {
    const slot = this.#slotOf(key);
    if (this.#values[slot] === 0) this.size += 1;
    this.#keys[slot] = key;
    this.#values[slot] = value;
  }

  #slotOf(key: bigint): number {
    const mask = this.#values.length - 1;
    let slot = Number(key & 0xffffffffn) & mask;
    while (this.#values[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new BigUint64Array(values.length * 2);
    this.#values = new Float64Array(values.length * 2);
    this.size = 0;
    for (const [slot, value] of values.entries()) if (value !== 0) this.#put(keys[slot] as bigint, value);
  }
}

const keyOf = (text: string): bigint => hash('md5', text, 'buffer').readBigUInt64LE(0);
