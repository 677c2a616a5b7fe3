/**
 * Removes chunk framing. `push` returns where this body ends in `bytes`, starting from `at`, and whether it is
 * complete.
 */
export type ChunkedReader = {
  readonly push: (
    bytes: Buffer,
    at: number,
    body: (part: Buffer) => void,
  ) => { readonly end: number; readonly isOver: boolean };
};

type State = 'size' | 'data' | 'data-end' | 'trailer';
const lineBytesMax = 16 * 1024;

/** RFC 9112, 7.1, chunk extensions and trailers included. Throws if the bytes are not a chunked body. */
export const chunkedReader = (): ChunkedReader => {
  let state: State = 'size';
  let left = 0;
  let line = '';
  /** The next complete line. If undefined, all of `bytes` was consumed. */
  const takeLine = (bytes: Buffer, at: number): { readonly text: string; readonly end: number } | undefined => {
    const feed = bytes.indexOf(10, at);
    line += bytes.toString('latin1', at, feed < 0 ? bytes.length : feed + 1);
    if (line.length > lineBytesMax) throw new Error('a chunk line longer than 16 KiB');
    if (feed < 0) return undefined;
    if (!line.endsWith('\r\n')) throw new Error('a chunk line without CR LF');
    const text = line.slice(0, -2);
    line = '';
    return { text, end: feed + 1 };
  };
  const afterLine = (text: string): boolean => {
    if (state === 'trailer') return text === '';
    if (state === 'data-end') {
      if (text !== '') throw new Error('bytes after the end of a chunk');
      state = 'size';
      return false;
    }
    left = sizeOf(text);
    state = left === 0 ? 'trailer' : 'data';
    return false;
  };
  return {
    push: (bytes, from, body) => {
      let at = from;
      while (at < bytes.length) {
        if (state === 'data') {
          const end = Math.min(bytes.length, at + left);
          body(bytes.subarray(at, end));
          left -= end - at;
          at = end;
          if (left === 0) state = 'data-end';
          continue;
        }
        const taken = takeLine(bytes, at);
        if (taken === undefined) return { end: bytes.length, isOver: false };
        at = taken.end;
        if (afterLine(taken.text)) return { end: at, isOver: true };
      }
      return { end: at, isOver: false };
    },
  };
};

const sizeOf = (line: string): number => {
  const size = /^([0-9a-fA-F]{1,12})\s*(?:;.*)?$/.exec(line)?.[1];
  if (size === undefined) throw new Error('a chunk without a size');
  return Number.parseInt(size, 16);
};
