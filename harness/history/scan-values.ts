import type { LineBytes, LineColumns, Span } from '../model/line-columns.ts';
import { limbDigits, limbsPer } from '../model/sequences.ts';

/*
 * Values of JSON in their plain form, read from bytes. Each `take…` gets the index where its value begins. It returns
 * the index behind the value, or -1 for anything else. Then the line is left to JSON.parse, so nothing here decides
 * that a line is broken. Behind a line stands a newline, which is part of no value.
 */

export const quote = 0x22;
const backslash = 0x5c;
const zero = 0x30;
/** Whole numbers of up to 15 digits are exact. */
const digitsMax = 15;

/**
 * Not 0 if one of four bytes is a quote, a backslash, a control character, or beyond ASCII. For an ASCII byte,
 * `(byte ^ c) - 1` is negative only if it is `c`, and `byte - 0x20` only if it is a control character.
 */
const oddLetters = (word: number): number =>
  (word | (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101)) & 0x80808080;

/**
 * Reads a text of plain ASCII without escapes; `start` is behind its first quote. Returns the index behind its last
 * quote; -1 for any other text.
 */
export const takeText = ({ bytes, words }: LineBytes, start: number): number => {
  let at = start;
  while (oddLetters(words.getInt32(at, true)) === 0) at += 4;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte === quote) return at + 1;
    if (byte < 0x20 || byte === backslash || byte > 0x7f) return -1;
    at += 1;
  }
};

/** Reads such a text with its first quote, and notes in a span where it is. */
export const takeSpan = (source: LineBytes, at: number, span: Span): number => {
  if (source.bytes[at] !== quote) return -1;
  const end = takeText(source, at + 1);
  span.start = at + 1;
  span.end = end - 1;
  return end;
};

/** The number of four digits in a little-endian word; -1 if a byte is no digit. */
const fourDigits = (word: number): number => {
  const digits = word ^ 0x30303030;
  if (((digits + 0x76767676) | digits) & 0x80808080) return -1;
  const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff00ff;
  return Math.imul(pairs & 0xff, 100) + (pairs >>> 16);
};

/** The last whole number that was read. One cell for all: a number that a function returns would become an object. */
export const whole = new Float64Array(1);

/** Reads a whole number, not negative, into `whole`. */
export const takeWhole = ({ bytes, words }: LineBytes, start: number): number => {
  let at = start;
  let value = 0;
  for (let four = fourDigits(words.getInt32(at, true)); four >= 0; four = fourDigits(words.getInt32(at, true))) {
    value = value * 10_000 + four;
    at += 4;
  }
  let digit = (bytes[at] as number) - zero;
  while (digit >= 0 && digit <= 9) {
    value = value * 10 + digit;
    at += 1;
    digit = (bytes[at] as number) - zero;
  }
  const length = at - start;
  if (length === 0 || length > digitsMax || (length > 1 && bytes[start] === zero)) return -1;
  // A fraction or an exponent.
  if (digit === -2 || digit === 0x35 || digit === 0x15) return -1;
  whole[0] = value;
  return at;
};

/** Reads true or false into `whole`, as 1 or 0. */
export const takeFlag = ({ words, bytes }: LineBytes, at: number): number => {
  const word = words.getInt32(at, true);
  if (word === 0x65757274) {
    whole[0] = 1;
    return at + 4;
  }
  whole[0] = 0;
  return word === 0x736c6166 && bytes[at + 4] === 0x65 ? at + 5 : -1;
};

/** Digits of the last sequence number. Those of one stream have the same length, so this length is tried first. */
let digitsBefore = 56;

/** Reads a decimal number in quotes, of at most as many digits as the limbs hold (64). */
export const takeSequence = (source: LineBytes, at: number, limbs: Int32Array, to: number): number => {
  const { bytes, words } = source;
  if (bytes[at] !== quote) return -1;
  const start = at + 1;
  let stop = start + digitsBefore;
  if (stop >= bytes.length || bytes[stop] !== quote) {
    stop = takeText(source, start) - 1;
    if (stop <= start || stop - start > limbsPer * limbDigits) return -1;
    digitsBefore = stop - start;
  }
  let limb = limbsPer - 1;
  let end = stop;
  for (; end - limbDigits >= start; end -= limbDigits, limb -= 1) {
    const high = fourDigits(words.getInt32(end - 8, true));
    const low = fourDigits(words.getInt32(end - 4, true));
    if ((high | low) < 0) return -1;
    limbs[to + limb] = Math.imul(high, 10_000) + low;
  }
  if (limb >= 0) {
    let rest = 0;
    for (let place = start; place < end; place += 1) {
      const digit = (bytes[place] as number) - zero;
      if (digit < 0 || digit > 9) return -1;
      rest = rest * 10 + digit;
    }
    limbs[to + limb] = rest;
    for (limb -= 1; limb >= 0; limb -= 1) limbs[to + limb] = 0;
  }
  return stop + 1;
};

/** The number of four lower-case hexadecimal digits in a big-endian word; -1 if a byte is none. */
const fourHex = (word: number): number => {
  const nibbles = (word & 0x0f0f0f0f) + Math.imul((word >>> 6) & 0x01010101, 9);
  const isLetter = ((nibbles + 0x06060606) >>> 4) & 0x01010101;
  const isTaken = ((nibbles + 0x30303030 + Math.imul(isLetter, 39)) | 0) === word && (nibbles & 0x10101010) === 0;
  if (!isTaken) return -1;
  const pairs = (nibbles | (nibbles >>> 4)) & 0x00ff00ff;
  return (pairs | (pairs >>> 8)) & 0xffff;
};

/** Reads sixteen lower-case hexadecimal digits in quotes. */
export const takeDigest = ({ bytes, words }: LineBytes, at: number, line: LineColumns, item: number): number => {
  if (bytes[at] !== quote || at + 17 >= bytes.length || bytes[at + 17] !== quote) return -1;
  const one = fourHex(words.getInt32(at + 1, false));
  const two = fourHex(words.getInt32(at + 5, false));
  const three = fourHex(words.getInt32(at + 9, false));
  const four = fourHex(words.getInt32(at + 13, false));
  if ((one | two | three | four) < 0) return -1;
  line.digestHigh[item] = (one << 16) | two;
  line.digestLow[item] = (three << 16) | four;
  return at + 18;
};

/** The largest hash key. */
const hashMax = Uint8Array.from(String(2n ** 128n - 1n), (digit) => digit.charCodeAt(0));

/** True if a number with as many digits as the largest hash key is not above it. */
const isHashKeyAt = (bytes: Uint8Array, start: number): boolean => {
  for (let at = 0; at < hashMax.length; at += 1) {
    const difference = (bytes[start + at] as number) - (hashMax[at] as number);
    if (difference !== 0) return difference < 0;
  }
  return true;
};

/** Reads a decimal number in quotes that is not above the largest hash key. */
export const takeHashKey = ({ bytes }: LineBytes, at: number): number => {
  if (bytes[at] !== quote) return -1;
  let end = at + 1;
  while ((bytes[end] as number) >= zero && (bytes[end] as number) <= zero + 9) end += 1;
  const length = end - at - 1;
  if (bytes[end] !== quote || length === 0 || length > hashMax.length) return -1;
  return length < hashMax.length || isHashKeyAt(bytes, at + 1) ? end + 1 : -1;
};

/** Skips a plain value: a text, a flag or a whole number. Not an object and not a list. */
export const takeAny = (source: LineBytes, at: number): number => {
  const byte = source.bytes[at];
  if (byte === quote) return takeText(source, at + 1);
  return byte === 0x74 || byte === 0x66 ? takeFlag(source, at) : takeWhole(source, at);
};

/** Returns the index behind white space. */
export const behindSpace = ({ bytes }: LineBytes, start: number): number => {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return at;
};

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** True if the bytes from `start` to `end` are this word. */
export const isWord = ({ bytes }: LineBytes, start: number, end: number, word: Uint8Array): boolean => {
  if (end - start !== word.length) return false;
  for (let at = 0; at < word.length; at += 1) if (bytes[start + at] !== word[at]) return false;
  return true;
};
