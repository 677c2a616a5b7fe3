/** The number of strings that are remembered; a power of two. */
const slots = 8192;
/** The maximum length of a remembered string. */
const bytesMax = 64;

const backslash = 92;

/**
 * A cache of strings by their bytes: names of keys and shards recur, and decoding a string costs more than comparing
 * its bytes. Returns undefined for everything but non-empty plain ASCII.
 */
export class TextMemo {
  readonly #texts: (string | undefined)[] = Array.from({ length: slots });

  textAt(bytes: Buffer, from: number, to: number): string | undefined {
    let hash = to - from;
    let all = 0;
    let isEscaped = false;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] as number;
      hash = (Math.imul(hash, 31) + byte) | 0;
      all |= byte;
      isEscaped ||= byte === backslash;
    }
    if (all > 127 || isEscaped || to === from) return undefined;
    if (to - from > bytesMax) return bytes.toString('latin1', from, to);
    const slot = (hash ^ (hash >>> 13)) & (slots - 1);
    const known = this.#texts[slot];
    if (known !== undefined && isAt(known, bytes, from, to)) return known;
    const text = bytes.toString('latin1', from, to);
    this.#texts[slot] = text;
    return text;
  }
}

const isAt = (text: string, bytes: Buffer, from: number, to: number): boolean => {
  if (text.length !== to - from) return false;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) !== bytes[from + at]) return false;
  return true;
};
