import { assertLineLength } from './text-lines.ts';

const newline = 10;

/**
 * Chunks of a file. Each ends after a newline, except perhaps the last one. Only lines split across chunks are copied.
 */
export async function* wholeLines(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let torn: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const first = torn.length === 0 ? 0 : piece.indexOf(newline) + 1;
    const last = piece.lastIndexOf(newline) + 1;
    if (torn.length > 0 && first > 0) {
      yield Buffer.concat([...torn, piece.subarray(0, first)]);
      [torn, length] = [[], 0];
    }
    if (last > first) yield piece.subarray(first, last);
    if (last < piece.length) torn.push(piece.subarray(last));
    length += piece.length - last;
    assertLineLength(length);
  }
  if (torn.length > 0) yield Buffer.concat(torn);
}
