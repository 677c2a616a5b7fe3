import type { Span } from '../model/hot-line.ts';
import { limbsPer } from '../model/sequences.ts';

export const quote = 0x22;
const backslash = 0x5c;
const zero = 0x30;
const limbDigits = 15;
/** Whole numbers of up to 15 digits are exact. */
const digitsMax = 15;

/** The value of a lower-case hexadecimal digit; 16 for all else. */
const hexValue = new Uint8Array(256).fill(16);
for (const [value, digit] of Array.from('0123456789abcdef').entries()) hexValue[digit.charCodeAt(0)] = value;

/**
 * A place in a buffer that holds one line of JSON. Each `take…` moves on behind what it names and answers true, or answers false where anything else stands than
 * the plain form: then the line is left to JSON.parse, so that nothing here ever decides that a line is broken.
 */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** The last name, text or number that was taken. */
  start = 0;
  stop = 0;
  number = 0;
  high = 0;
  low = 0;
  #digits = 56;

  set(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The next byte that is not white space; 0 at the end. */
  peek(): number {
    let byte = this.at < this.end ? (this.bytes[this.at] ?? 0) : 0;
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.at += 1;
      byte = this.at < this.end ? (this.bytes[this.at] ?? 0) : 0;
    }
    return byte;
  }

  take(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at += 1;
    return true;
  }

  /** A text of plain ASCII without escapes: `start` to `stop`. */
  takeText(): boolean {
    if (!this.take(quote)) return false;
    const { bytes, end } = this;
    let at = this.at;
    this.start = at;
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === quote) break;
      if (byte === backslash || byte < 0x20 || byte >= 0x7f) return false;
    }
    if (at >= end) return false;
    this.stop = at;
    this.at = at + 1;
    return true;
  }

  /** These very bytes. */
  takeLiteral(literal: Uint8Array): boolean {
    const { bytes, at } = this;
    const { length } = literal;
    if (at + length > this.end) return false;
    for (let index = 0; index < length; index += 1) if (bytes[at + index] !== literal[index]) return false;
    this.at = at + length;
    return true;
  }

  takeSpan(span: Span): boolean {
    if (!this.takeText()) return false;
    span.start = this.start;
    span.end = this.stop;
    return true;
  }

  /** The text that was taken is this one. */
  is(name: Uint8Array): boolean {
    if (this.stop - this.start !== name.length) return false;
    for (let at = 0; at < name.length; at += 1) if (this.bytes[this.start + at] !== name[at]) return false;
    return true;
  }

  /** A whole number, not negative: `number`. */
  takeWhole(): boolean {
    this.peek();
    const { bytes } = this;
    let at = this.at;
    const start = at;
    let value = 0;
    for (; at < this.end; at += 1) {
      const digit = (bytes[at] ?? 0) - zero;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const length = at - start;
    if (length === 0 || length > digitsMax || (length > 1 && bytes[start] === zero)) return false;
    const next = bytes[at] ?? 0;
    // A fraction or an exponent.
    if (at < this.end && (next === 0x2e || next === 0x65 || next === 0x45)) return false;
    this.number = value;
    this.at = at;
    return true;
  }

  /** true or false: `number` 1 or 0. */
  takeFlag(): boolean {
    const byte = this.peek();
    const word = byte === 0x74 ? trueWord : byte === 0x66 ? falseWord : undefined;
    if (word === undefined || this.at + word.length > this.end) return false;
    for (let at = 0; at < word.length; at += 1) if (this.bytes[this.at + at] !== word[at]) return false;
    this.at += word.length;
    this.number = word === trueWord ? 1 : 0;
    return true;
  }

  /** A decimal number in quotes, up to as many digits as the limbs hold. */
  takeSequence(limbs: Float64Array, at: number): boolean {
    if (!this.take(quote)) return false;
    const start = this.at;
    // Numbers of one stream are of one length, so the last one is tried first.
    let stop = start + this.#digits;
    if (this.bytes[stop] !== quote || stop >= this.end) {
      stop = this.bytes.indexOf(quote, start);
      if (stop <= start || stop >= this.end || stop - start > limbsPer * limbDigits) return false;
      this.#digits = stop - start;
    }
    let to = stop;
    for (let limb = limbsPer - 1; limb >= 0; limb -= 1) {
      const from = to - limbDigits > start ? to - limbDigits : start;
      const value = this.#digitsOf(from, to);
      if (value < 0) return false;
      limbs[at + limb] = value;
      to = from;
    }
    this.at = stop + 1;
    return true;
  }

  /** In two halves that are small integers; -1 where a byte is no digit. */
  #digitsOf(from: number, to: number): number {
    const { bytes } = this;
    const middle = to - 8 > from ? to - 8 : from;
    let upper = 0;
    let lower = 0;
    let odd = 0;
    for (let at = from; at < middle; at += 1) {
      const digit = (bytes[at] ?? 0) - zero;
      odd |= digit | (9 - digit);
      upper = (upper * 10 + digit) | 0;
    }
    for (let at = middle; at < to; at += 1) {
      const digit = (bytes[at] ?? 0) - zero;
      odd |= digit | (9 - digit);
      lower = (lower * 10 + digit) | 0;
    }
    return odd < 0 ? -1 : upper * 100_000_000 + lower;
  }

  /** Sixteen lower-case hexadecimal digits in quotes: `high` and `low`. */
  takeDigest(): boolean {
    if (!this.take(quote)) return false;
    const start = this.at;
    if (start + 16 >= this.end || this.bytes[start + 16] !== quote) return false;
    let odd = 0;
    let high = 0;
    let low = 0;
    for (let at = start; at < start + 8; at += 1) {
      const value = hexValue[this.bytes[at] ?? 0] ?? 16;
      odd |= value;
      high = (high << 4) | (value & 15);
    }
    for (let at = start + 8; at < start + 16; at += 1) {
      const value = hexValue[this.bytes[at] ?? 0] ?? 16;
      odd |= value;
      low = (low << 4) | (value & 15);
    }
    if (odd >= 16) return false;
    this.high = high;
    this.low = low;
    this.at = start + 17;
    return true;
  }

  /** A plain value that nobody looks at: no object and no list. */
  skip(): boolean {
    const byte = this.peek();
    if (byte === quote) return this.takeText();
    if (byte === 0x74 || byte === 0x66) return this.takeFlag();
    return this.takeWhole();
  }
}

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const trueWord = ascii('true');
const falseWord = ascii('false');
