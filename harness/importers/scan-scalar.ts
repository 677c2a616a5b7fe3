const quote = 34;
const backslash = 92;
const minus = 45;
const plus = 43;
const dot = 46;
const zero = 48;
const space = 32;

/** The index of the quote that ends a string; -1 if JSON.parse would reject the string. */
export const endOfText = (bytes: Uint8Array, from: number): number => {
  for (let at = from; ; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote) return at;
    if (byte === backslash) {
      at = endOfEscape(bytes, at + 1);
      if (at < 0) return -1;
      // Fails after the end of the bytes, too, where `byte` is undefined.
    } else if (!(byte >= space)) return -1;
  }
};

/** `"`, `\`, `/`, b, f, n, r, t */
const escaped: ReadonlySet<number> = new Set([34, 92, 47, 98, 102, 110, 114, 116]);

/** The index of the last byte of an escape; -1 if it is invalid. */
const endOfEscape = (bytes: Uint8Array, at: number): number => {
  if (escaped.has(bytes[at] as number)) return at;
  if (bytes[at] !== 117) return -1;
  for (let index = at + 1; index <= at + 4; index += 1) if (!isHex(bytes[index] as number)) return -1;
  return at + 4;
};

const isHex = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);

/** The index after a JSON number; -1 if there is none. */
export const endOfNumber = (bytes: Uint8Array, from: number): number => {
  const first = bytes[from] === minus ? from + 1 : from;
  let at = endOfDigits(bytes, first);
  if (at < 0 || (bytes[first] === zero && at > first + 1)) return -1;
  if (bytes[at] === dot) at = endOfDigits(bytes, at + 1);
  // e and E.
  if (at >= 0 && ((bytes[at] as number) | 32) === 101) {
    const sign = bytes[at + 1];
    at = endOfDigits(bytes, sign === plus || sign === minus ? at + 2 : at + 1);
  }
  return at;
};

/** The index after at least one digit; -1 if there is none. */
const endOfDigits = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (isDigit(bytes[at] as number)) at += 1;
  return at === from ? -1 : at;
};

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** True if there is at least one byte and all are digits. */
export const isAllDigits = (bytes: Uint8Array, from: number, to: number): boolean => endOfDigits(bytes, from) === to;

/** The whole number of at most 15 digits in these bytes; undefined if they are anything else. */
export const wholeNumberAt = (bytes: Uint8Array, from: number, to: number): number | undefined => {
  if (to - from > 15 || to === from) return undefined;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - zero;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    value = value * 10 + digit;
  }
  return value;
};
