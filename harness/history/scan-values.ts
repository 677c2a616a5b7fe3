import type { LineBytes, LineColumns, Span } from '../model/line-columns.ts';
import { limbDigits, limbsPer } from '../model/sequences.ts';

/*
 * Values of JSON in their plain form, read from bytes. Each `take…` gets the place where its value begins and answers
 * the place behind it, or -1 where anything else stands: then the line is left to JSON.parse, so that nothing here
 * ever decides that a line is broken. Behind a line stands a newline, which is part of no value.
 */

export const quote = 0x22;
const backslash = 0x5c;
const zero = 0x30;
/** Whole numbers of up to 15 digits are exact. */
const digitsMax = 15;

/**
 * Is one of four letters a quote, an escape, a sign of control, or beyond ASCII? Not 0 then. A byte from 0x20 to 0x7f
 * less what it is held against is below 0 only where it is that.
 */
const oddLetters = (word: number): number =>
  (word | (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101)) & 0x80808080;

/**
 * Behind a text of plain ASCII without escapes that begins at `start`, which is behind its first quote; the text
 * itself ends one before.
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

/** The same for a text whose quotes are still to be taken, into a span. */
export const takeSpan = (source: LineBytes, at: number, span: Span): number => {
  if (source.bytes[at] !== quote) return -1;
  const end = takeText(source, at + 1);
  span.start = at + 1;
  span.end = end - 1;
  return end;
};

/** Four digits as they stand in a word that was read with its first byte lowest; -1 where a byte is no digit. */
const fourDigits = (word: number): number => {
  const digits = word ^ 0x30303030;
  if (((digits + 0x76767676) | digits) & 0x80808080) return -1;
  const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff00ff;
  return Math.imul(pairs & 0xff, 100) + (pairs >>> 16);
};

/**
 * The value of the last whole number that was taken. One cell for all, since a number that leaves a function otherwise
 * is an object.
 */
export const whole = new Float64Array(1);

/** A whole number, not negative. */
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

/** true or false: 1 or 0 in `whole`. */
export const takeFlag = ({ words, bytes }: LineBytes, at: number): number => {
  const word = words.getInt32(at, true);
  if (word === 0x65757274) {
    whole[0] = 1;
    return at + 4;
  }
  whole[0] = 0;
  return word === 0x736c6166 && bytes[at + 4] === 0x65 ? at + 5 : -1;
};

/** How many digits the last sequence number had: those of one stream are of one length, so that is tried first. */
let digitsBefore = 56;

/** A decimal number in quotes, of up to as many digits as the limbs hold. */
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

/**
 * Four lower-case hexadecimal digits as they stand in a word that was read with its first byte highest; -1 where a
 * byte is none.
 */
const fourHex = (word: number): number => {
  const nibbles = (word & 0x0f0f0f0f) + Math.imul((word >>> 6) & 0x01010101, 9);
  const isLetter = ((nibbles + 0x06060606) >>> 4) & 0x01010101;
  const isTaken = ((nibbles + 0x30303030 + Math.imul(isLetter, 39)) | 0) === word && (nibbles & 0x10101010) === 0;
  if (!isTaken) return -1;
  const pairs = (nibbles | (nibbles >>> 4)) & 0x00ff00ff;
  return (pairs | (pairs >>> 8)) & 0xffff;
};

/** Sixteen lower-case hexadecimal digits in quotes. */
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

/** Is it no larger than the largest? It has as many digits. */
const isHashKeyAt = (bytes: Uint8Array, start: number): boolean => {
  for (let at = 0; at < hashMax.length; at += 1) {
    const difference = (bytes[start + at] as number) - (hashMax[at] as number);
    if (difference !== 0) return difference < 0;
  }
  return true;
};

/** A decimal number in quotes, no larger than a hash key is. */
export const takeHashKey = ({ bytes }: LineBytes, at: number): number => {
  if (bytes[at] !== quote) return -1;
  let end = at + 1;
  while ((bytes[end] as number) >= zero && (bytes[end] as number) <= zero + 9) end += 1;
  const length = end - at - 1;
  if (bytes[end] !== quote || length === 0 || length > hashMax.length) return -1;
  return length < hashMax.length || isHashKeyAt(bytes, at + 1) ? end + 1 : -1;
};

/** A plain value that nobody looks at: no object and no list. */
export const takeAny = (source: LineBytes, at: number): number => {
  const byte = source.bytes[at];
  if (byte === quote) return takeText(source, at + 1);
  return byte === 0x74 || byte === 0x66 ? takeFlag(source, at) : takeWhole(source, at);
};

/** Behind white space. */
export const behindSpace = ({ bytes }: LineBytes, start: number): number => {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return at;
};

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Do these very bytes stand from `start` to `end`? */
export const isWord = ({ bytes }: LineBytes, start: number, end: number, word: Uint8Array): boolean => {
  if (end - start !== word.length) return false;
  for (let at = 0; at < word.length; at += 1) if (bytes[start + at] !== word[at]) return false;
  return true;
};
