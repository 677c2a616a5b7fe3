/**
 * How lines, or the items of a list, of one writer look: the bytes before each value, what the value is, and the bytes
 * behind the last one. Whoever writes a history writes all of a kind alike, so the bytes between the values of the
 * last one are compared, four at a time, before anything is read field by field.
 *
 * One column of numbers, step by step: how many whole words, the words, the mask, the bits and the number of the bytes
 * that fill no word, what comes then (`atEnd`: nothing).
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

/** So many ways to write a line of one type, or an item of one kind, are remembered: writers take turns. */
const knownMax = 4;

/** The layouts that were met last, with what is known of each; the one that fitted last is tried first. */
export class Layouts<T> {
  readonly known: { readonly layout: Layout; readonly told: T }[] = [];
  /** The one that fitted last. */
  last = 0;

  add(layout: Layout, told: T): void {
    this.last = this.known.length < knownMax ? this.known.length : (this.last + 1) % knownMax;
    this.known[this.last] = { layout, told };
  }
}
