import type { Interner } from './interner.ts';

/**
 * The ids of an interner for names that still stand in a buffer as plain ASCII: looked up by their bytes, made into a text only when they are new.
 * Open addressing over a hash of the bytes; the bytes of each known name are kept to compare with.
 */
export class ByteNames {
  readonly #names: Interner;
  #slots = new Int32Array(1024).fill(-1);
  #hash = new Int32Array(512);
  #start = new Int32Array(513);
  #id = new Int32Array(512);
  #bytes = new Uint8Array(8192);
  #count = 0;

  constructor(names: Interner) {
    this.#names = names;
  }

  id(buffer: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (buffer[at] ?? 0), 0x01000193);
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let known = this.#slots[slot] ?? -1; known >= 0; known = this.#slots[slot] ?? -1) {
      if (this.#hash[known] === hash && this.#is(known, buffer, start, end)) return this.#id[known] ?? -1;
      slot = (slot + 1) & mask;
    }
    return this.#add(hash, slot, buffer.subarray(start, end));
  }

  #is(known: number, buffer: Uint8Array, start: number, end: number): boolean {
    const first = this.#start[known] ?? 0;
    if ((this.#start[known + 1] ?? 0) - first !== end - start) return false;
    for (let at = start; at < end; at += 1) if (this.#bytes[first + at - start] !== buffer[at]) return false;
    return true;
  }

  #add(hash: number, slot: number, name: Uint8Array): number {
    const index = this.#count;
    const first = this.#start[index] ?? 0;
    while (first + name.length > this.#bytes.length)
      this.#bytes = enlarged(this.#bytes, new Uint8Array(this.#bytes.length * 2));
    this.#bytes.set(name, first);
    this.#start[index + 1] = first + name.length;
    this.#hash[index] = hash;
    this.#slots[slot] = index;
    const id = this.#names.id(Buffer.from(name).toString('latin1'));
    this.#id[index] = id;
    this.#count += 1;
    if (this.#count * 2 >= this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    const size = this.#slots.length;
    this.#hash = enlarged(this.#hash, new Int32Array(size));
    this.#id = enlarged(this.#id, new Int32Array(size));
    this.#start = enlarged(this.#start, new Int32Array(size + 1));
    this.#slots = new Int32Array(size * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let index = 0; index < this.#count; index += 1) {
      const hash = this.#hash[index] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = index;
    }
  }
}

const enlarged = <A extends Int32Array | Uint8Array>(from: A, to: A): A => {
  to.set(from);
  return to;
};
