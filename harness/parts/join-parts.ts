import { LineFeeder, type OnEvent, type OnHot } from '../history/line-feeder.ts';
import { itemsOf } from './json-items.ts';
import { type PartLine, PartReader } from './part-reader.ts';

const pieceBytes = 1024 * 1024;

type Fold = { readonly event: OnEvent; readonly hot: OnHot };

/**
 * Reads several parts of one history as the one history that they were: each line once, with its own number and all of
 * its items that are in these parts.
 */
export const readParts = (paths: readonly string[], fold: Fold): void => {
  const numbers: number[] = [];
  let base = 0;
  const lineOf = (line: number): number => numbers[line - 1 - base] as number;
  const feeder = new LineFeeder(
    (event, line) => fold.event(event, lineOf(line)),
    (hot, line) => fold.hot(hot, lineOf(line)),
  );
  const piece: Buffer[] = [];
  let size = 0;
  const flush = (): void => {
    feeder.feed(Buffer.concat(piece));
    // Whole lines alone are fed.
    base += numbers.length;
    numbers.length = 0;
    piece.length = 0;
    size = 0;
  };
  for (const { line, bytes } of joined(paths)) {
    numbers.push(line);
    piece.push(Buffer.from(bytes), newline);
    size += bytes.length + 1;
    if (size >= pieceBytes) flush();
  }
  flush();
};

const newline = Buffer.from('\n');

function* joined(paths: readonly string[]): Generator<{ readonly line: number; readonly bytes: Buffer }> {
  const readers: PartReader[] = [];
  try {
    for (const path of paths) readers.push(new PartReader(path));
    for (;;) {
      const line = Math.min(...readers.map(({ now }) => now?.line ?? Number.POSITIVE_INFINITY));
      if (!Number.isFinite(line)) return;
      const here = readers.filter(({ now }) => now?.line === line);
      yield { line, bytes: put(here.map(({ now }) => now as PartLine)) };
      for (const reader of here) reader.step();
    }
  } finally {
    for (const reader of readers) reader.close();
  }
}

/** One line of its pieces. */
const put = (pieces: readonly PartLine[]): Buffer => {
  const [first] = pieces as [PartLine];
  if (first.items === undefined || pieces.length === 1) return first.bytes;
  const items: { readonly item: number; readonly bytes: Buffer }[] = [];
  let [before, behind] = [first.bytes, first.bytes];
  for (const { bytes, items: own = [] } of pieces) {
    const { starts, ends } = listOf(bytes, own.length);
    before = bytes.subarray(0, starts[0]);
    behind = bytes.subarray(ends.at(-1));
    for (const [index, item] of own.entries()) items.push({ item, bytes: bytes.subarray(starts[index], ends[index]) });
  }
  items.sort((one, other) => one.item - other.item);
  const listed = items.flatMap(({ bytes }, index) => (index === 0 ? [bytes] : [comma, bytes]));
  return Buffer.concat([before, ...listed, behind]);
};

const comma = Buffer.from(',');

/** Of a put its entries, of an answer its results. */
const listOf = (
  bytes: Buffer,
  count: number,
): { readonly starts: readonly number[]; readonly ends: readonly number[] } => {
  for (const name of ['entries', 'results']) {
    const items = itemsOf(bytes, 0, bytes.length, name);
    if (items?.starts.length === count) return items;
  }
  throw new Error(`a line of a part has no list of ${count} items: ${bytes.toString('utf8', 0, 60)}`);
};
