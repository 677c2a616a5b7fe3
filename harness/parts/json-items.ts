const quote = 0x22;
const backslash = 0x5c;
const [openBrace, closeBrace, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];
const comma = 0x2c;

/** Where the items of a list in a line begin and end. The bytes between them are commas and blanks. */
export type Items = { readonly starts: readonly number[]; readonly ends: readonly number[] };

/**
 * The items of the list with this name in a line, without parsing them. Undefined if the line has the name twice, with
 * another value than a list, or with escapes.
 */
export const itemsOf = (bytes: Uint8Array, start: number, end: number, name: string): Items | undefined => {
  const at = listAt(bytes, start, end, Buffer.from(`"${name}"`));
  return at < 0 ? undefined : itemsFrom(bytes, at + 1, end);
};

/** Where the list begins that is a top-level field with this name, if it is the only one; otherwise -1. */
const listAt = (bytes: Uint8Array, start: number, end: number, name: Uint8Array): number => {
  let [depth, found] = [0, -1];
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      const behind = behindText(bytes, at, end);
      if (depth === 1 && isName(bytes, at, behind, name)) {
        const opens = listBehind(bytes, behind, end);
        if (opens >= 0 && found >= 0) return -1;
        if (opens >= 0) found = opens;
      }
      at = behind - 1;
    } else if (byte === openBrace || byte === openList) depth += 1;
    else if (byte === closeBrace || byte === closeList) depth -= 1;
  }
  return found;
};

const isName = (bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean =>
  end - start === name.length && name.every((byte, index) => bytes[start + index] === byte);

/** The index of the list after a name, with only a colon and blanks between; -1 if there is no list. */
const listBehind = (bytes: Uint8Array, from: number, end: number): number => {
  let at = from;
  while (at < end && isBlank(bytes[at])) at += 1;
  if (bytes[at] !== 0x3a) return -1;
  at += 1;
  while (at < end && isBlank(bytes[at])) at += 1;
  return bytes[at] === openList ? at : -1;
};

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;

/** The index after the quote that closes the string which begins here. */
const behindText = (bytes: Uint8Array, start: number, end: number): number => {
  let at = start + 1;
  while (at < end && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at + 1;
};

const itemsFrom = (bytes: Uint8Array, from: number, end: number): Items => {
  const [starts, ends]: [number[], number[]] = [[], []];
  let [depth, first] = [0, -1];
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at];
    if (depth === 0 && (byte === comma || byte === closeList)) {
      if (first >= 0) {
        starts.push(first);
        ends.push(at);
      }
      first = -1;
      if (byte === closeList) return { starts, ends };
      continue;
    }
    if (first < 0 && !isBlank(byte)) first = at;
    if (byte === quote) at = behindText(bytes, at, end) - 1;
    else if (byte === openBrace || byte === openList) depth += 1;
    else if (byte === closeBrace || byte === closeList) depth -= 1;
  }
  return { starts, ends };
};
