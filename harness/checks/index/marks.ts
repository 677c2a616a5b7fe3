/**
 * Marks on the numbers 0 … size-1, with a fast search for the next marked one: a word has 32 numbers, a word above it
 * 32 words, and so on.
 */
export class Marks {
  readonly #levels: Uint32Array[] = [];

  constructor(size: number) {
    let words = Math.max(1, Math.ceil(size / 32));
    this.#levels.push(new Uint32Array(words));
    while (words > 1) {
      words = Math.ceil(words / 32);
      this.#levels.push(new Uint32Array(words));
    }
  }

  mark(number: number): void {
    let at = number;
    for (const words of this.#levels) {
      words[at >>> 5] = (words[at >>> 5] ?? 0) | (1 << (at & 31));
      at >>>= 5;
    }
  }

  clear(number: number): void {
    let at = number;
    for (const words of this.#levels) {
      words[at >>> 5] = (words[at >>> 5] ?? 0) & ~(1 << (at & 31));
      if (words[at >>> 5] !== 0) return;
      at >>>= 5;
    }
  }

  /** The first marked number that is not below `number`; -1 where there is none. */
  next(number: number): number {
    let at = Math.max(0, number);
    for (let level = 0; level < this.#levels.length; level += 1) {
      const words = this.#levels[level] ?? new Uint32Array(0);
      const word = at >>> 5 < words.length ? ((words[at >>> 5] ?? 0) & (-1 << (at & 31))) >>> 0 : 0;
      if (word !== 0) return this.#down(level, (at >>> 5) * 32 + lowestBit(word));
      at = (at >>> 5) + 1;
    }
    return -1;
  }

  #down(level: number, number: number): number {
    let at = number;
    for (let below = level - 1; below >= 0; below -= 1) at = at * 32 + lowestBit(this.#levels[below]?.[at] ?? 0);
    return at;
  }
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);
