/**
 * How one writer writes lines, or items of a list: the bytes before each value, the type of the value, and the bytes
 * behind the last one. A writer writes all lines of a kind alike. So the bytes between values are first compared with
 * those of an earlier line, four at a time. Only if they differ is a line read field by field.
 *
 * One column of numbers. Each step is: how many whole words, the words, the mask, the bits and the number of the bytes
 * that fill no word, the type of the value that follows (`atEnd`: none).
 */
export type Layout = Int32Array;

export const atEnd = -1;

/** `literals` is one longer than `what`. */
export const layoutOf = (literals: readonly Uint8Array[], what: readonly number[]): Layout =>
  Int32Array.from(literals.flatMap((literal, index) => [...wordsOf(literal), what[index] ?? atEnd]));

const wordsOf = (literal: Uint8Array): readonly number[] => {
  const padded = new DataView(new ArrayBuffer(literal.length + 4));
  for (const [at, byte] of literal.entries()) padded.setUint8(at, byte);
  const count = literal.length >> 2;
  const rest = literal.length & 3;
  const mask = (1 << (rest * 8)) - 1;
  const words = Array.from({ length: count }, (_, word) => padded.getInt32(word * 4, true));
  return [count, ...words, mask, padded.getInt32(count * 4, true) & mask, rest];
};

/** How many layouts are remembered for each line type or item kind: several writers may alternate. */
const knownMax = 4;

/** The layouts that were met last, each with what is known of it. The layout that fitted last is tried first. */
export class Layouts<T> {
  readonly known: { readonly layout: Layout; readonly told: T }[] = [];
  /** Index of the layout that fitted last. */
  last = 0;

  add(layout: Layout, told: T): void {
    this.last = this.known.length < knownMax ? this.known.length : (this.last + 1) % knownMax;
    this.known[this.last] = { layout, told };
  }
}
