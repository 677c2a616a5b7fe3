import { enlarged } from './enlarged.ts';

/**
 * Names as small integers, in the order in which they were first met. They are kept as bytes and looked up by their
 * bytes in the buffer that holds them: a map with a million keys as strings costs three times as much. Open
 * addressing over a hash of the bytes.
 */
export class Names {
  #slots = new Int32Array(16).fill(-1);
  /** For each name: its hash, its length in bytes, and where its words begin. */
  #rows: Int32Array = new Int32Array(8 * perRow);
  #words: Int32Array = new Int32Array(32);
  #used = 0;
  /** Of the names that `idsAt` looks up. */
  #hashes = new Int32Array(0);
  size = 0;

  id(name: string): number {
    const length = scratch.write(name);
    return this.idAt(scratch.view, 0, length);
  }

  /** -1 if it was never met. */
  find(name: string): number {
    const length = scratch.write(name);
    const slot = this.#slotOf(hashOf(scratch.view, 0, length), scratch.view, 0, length);
    return this.#slots[slot] as number;
  }

  /** A name in ASCII or UTF-8, from `start` to `end`. The buffer must hold three more bytes behind it. */
  idAt(buffer: DataView, start: number, end: number): number {
    const length = end - start;
    return this.#idOf(hashOf(buffer, start, length), buffer, start, length);
  }

  /**
   * Writes into `ids` what `idAt` returns for each of `count` names. The first slots of all are read before any name
   * is compared, so the processor fetches them from memory together: with many names, that is most of the time.
   */
  idsAt(buffer: DataView, starts: Int32Array, ends: Int32Array, count: number, ids: Int32Array): void {
    if (this.#hashes.length < count) this.#hashes = new Int32Array(count * 2);
    const hashes = this.#hashes;
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let item = 0; item < count; item += 1) {
      const start = starts[item] as number;
      const hash = hashOf(buffer, start, (ends[item] as number) - start);
      hashes[item] = hash;
      ids[item] = slots[hash & mask] as number;
    }
    for (let item = 0; item < count; item += 1) {
      const start = starts[item] as number;
      const length = (ends[item] as number) - start;
      const hash = hashes[item] as number;
      const guess = ids[item] as number;
      const isIt = guess >= 0 && this.#rows[guess * perRow] === hash && this.#is(guess, buffer, start, length);
      if (!isIt) ids[item] = this.#idOf(hash, buffer, start, length);
    }
  }

  #idOf(hash: number, buffer: DataView, start: number, length: number): number {
    const slot = this.#slotOf(hash, buffer, start, length);
    const known = this.#slots[slot] as number;
    return known >= 0 ? known : this.#add(hash, slot, buffer, start, length);
  }

  /** Whether the bytes are the name with this id. */
  isAt(id: number, buffer: DataView, start: number, end: number): boolean {
    return id < this.size && this.#is(id, buffer, start, end - start);
  }

  name(id: number): string {
    if (id < 0 || id >= this.size) return '';
    const row = id * perRow;
    const first = (this.#rows[row + 2] as number) * 4;
    return textOfName(Buffer.from(this.#words.buffer, first, this.#rows[row + 1] as number));
  }

  get names(): readonly string[] {
    return Array.from({ length: this.size }, (_, id) => this.name(id));
  }

  /** The slot of a name, or the free one where it would go. */
  #slotOf(hash: number, buffer: DataView, start: number, length: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let known = this.#slots[slot] as number; known >= 0; known = this.#slots[slot] as number) {
      if (this.#rows[known * perRow] === hash && this.#is(known, buffer, start, length)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #is(id: number, buffer: DataView, start: number, length: number): boolean {
    const row = id * perRow;
    if (this.#rows[row + 1] !== length) return false;
    const first = this.#rows[row + 2] as number;
    const whole = length >> 2;
    for (let word = 0; word < whole; word += 1) {
      if (this.#words[first + word] !== buffer.getInt32(start + word * 4, true)) return false;
    }
    return (length & 3) === 0 || this.#words[first + whole] === tailOf(buffer, start, length);
  }

  #add(hash: number, slot: number, buffer: DataView, start: number, length: number): number {
    const words = (length + 3) >> 2;
    while (this.#used + words > this.#words.length) this.#words = enlarged(this.#words, this.#words.length * 2);
    const id = this.size;
    const row = id * perRow;
    this.#rows[row] = hash;
    this.#rows[row + 1] = length;
    this.#rows[row + 2] = this.#used;
    for (let word = 0; word < words; word += 1) {
      const isTail = word * 4 + 4 > length;
      this.#words[this.#used + word] = isTail ? tailOf(buffer, start, length) : buffer.getInt32(start + word * 4, true);
    }
    this.#used += words;
    this.#slots[slot] = id;
    this.size += 1;
    if (this.size * 2 >= this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    this.#rows = enlarged(this.#rows, this.#rows.length * 2);
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let id = 0; id < this.size; id += 1) {
      const hash = this.#rows[id * perRow] as number;
      let slot = hash & mask;
      while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}

const perRow = 3;

const mixed = (hash: number, word: number): number => {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
};

const hashOf = (buffer: DataView, start: number, length: number): number => {
  const whole = length >> 2;
  let hash = length;
  for (let word = 0; word < whole; word += 1) hash = mixed(hash, buffer.getInt32(start + word * 4, true));
  return finished((length & 3) === 0 ? hash : mixed(hash, tailOf(buffer, start, length)));
};

/** Mixes every bit of the hash into the low ones, which choose the slot (the last steps of MurmurHash3). */
const finished = (hash: number): number => {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
};

/** The last bytes, which do not fill a word. */
const tailOf = (buffer: DataView, start: number, length: number): number =>
  buffer.getInt32(start + (length & ~3), true) & ((1 << ((length & 3) * 8)) - 1);

/**
 * A byte that never occurs in UTF-8. It marks a text with half a surrogate pair, which follows as UTF-16: UTF-8 would
 * turn all of those into the same replacement character.
 */
const broken = 0xff;

/** The most bytes that a name can take, with the three behind it. */
export const roomFor = (name: string): number => name.length * 3 + 8;

/** Writes the bytes by which a name is looked up and returns the offset behind them. Call `roomFor` first. */
export const writeName = (bytes: Buffer, at: number, name: string): number => {
  if (name.isWellFormed()) return at + bytes.write(name, at, 'utf8');
  bytes[at] = broken;
  return at + 1 + bytes.write(name, at + 1, 'utf16le');
};

/** The text that `writeName` wrote. */
export const textOfName = (bytes: Buffer): string =>
  bytes[0] === broken ? bytes.toString('utf16le', 1) : bytes.toString('utf8');

/** Scratch space in which a text becomes bytes to look up. */
class Scratch {
  #bytes = Buffer.alloc(1024);
  view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);

  /** How many bytes it took. */
  write(text: string): number {
    if (roomFor(text) > this.#bytes.length) this.#grow(roomFor(text));
    return writeName(this.#bytes, 0, text);
  }

  #grow(size: number): void {
    this.#bytes = Buffer.alloc(size * 2);
    this.view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
  }
}
const scratch = new Scratch();
