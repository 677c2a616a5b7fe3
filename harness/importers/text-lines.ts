/** Lines of one chunk of text. `first` is the line number of the first of them, from 1. */
export type Lines = { readonly first: number; readonly lines: readonly string[] };

/** The maximum length of a line. A Lambda event has at most 6 MB. */
const lineMax = 64 * 1024 * 1024;

export const assertLineLength = (length: number): void => {
  if (length > lineMax) throw new RangeError('a line is longer than 64 MiB');
};

/** Lines without their line ends (LF or CRLF), many at a time. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<Lines> {
  let rest = '';
  let line = 1;
  for await (const piece of pieces) {
    const lines = (rest === '' ? piece : rest + piece).split('\n');
    rest = lines.pop() ?? '';
    assertLineLength(rest.length);
    if (lines.length > 0) yield { first: line, lines };
    line += lines.length;
  }
  if (rest !== '') yield { first: line, lines: [rest] };
}
