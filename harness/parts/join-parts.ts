import { LineFeeder } from '../history/line-feeder.ts';
import type { HistoryLine } from '../model/event.ts';
import type { LineColumns } from '../model/line-columns.ts';
import { itemsOf } from './json-items.ts';
import { type LineSource, type PartLine, PartReader } from './part-reader.ts';

const pieceBytes = 1024 * 1024;

/** The items that a line has; undefined if it has all. Only valid if one part is read alone. */
type Items = readonly number[] | undefined;
type Fold = {
  /** Both stop the reading by returning `enough`. */
  readonly event: (event: HistoryLine, line: number, items: Items) => unknown;
  readonly hot: (hot: LineColumns, line: number, items: Items) => unknown;
  readonly raw?: (bytes: Uint8Array, start: number, end: number) => void;
};

/** Reads one part, or several parts of one history. See `readSources`. */
export const readParts = (paths: readonly string[], fold: Fold): void => {
  const sources: LineSource[] = [];
  try {
    for (const path of paths) sources.push(new PartReader(path));
    readSources(sources, fold);
  } finally {
    for (const source of sources) source.close();
  }
};

/**
 * Reads several parts of a history as one: each line once, with its original number and all its items that are in these
 * parts.
 */
export const readSources = (sources: readonly LineSource[], fold: Fold): void => {
  const told: { readonly line: number; readonly items: Items }[] = [];
  let base = 0;
  const tell = (fed: number) => told[fed - 1 - base] as (typeof told)[number];
  const feeder = new LineFeeder(
    (event, fed) => fold.event(event, tell(fed).line, tell(fed).items),
    (hot, fed) => fold.hot(hot, tell(fed).line, tell(fed).items),
    undefined,
    fold.raw,
  );
  const piece: Buffer[] = [];
  let size = 0;
  const flush = (): void => {
    feeder.feed(Buffer.concat(piece));
    // Only complete lines are fed.
    base += told.length;
    told.length = 0;
    piece.length = 0;
    size = 0;
  };
  for (const { line, items, bytes } of joined(sources)) {
    told.push({ line, items });
    piece.push(Buffer.from(bytes), newline);
    size += bytes.length + 1;
    if (size >= pieceBytes) flush();
    if (feeder.isDone) return;
  }
  flush();
};

const newline = Buffer.from('\n');

function* joined(sources: readonly LineSource[]): Generator<PartLine> {
  for (;;) {
    const line = Math.min(...sources.map(({ now }) => now?.line ?? Number.POSITIVE_INFINITY));
    if (!Number.isFinite(line)) return;
    const here = sources.filter(({ now }) => now?.line === line);
    const pieces = here.map(({ now }) => now as PartLine);
    yield { line, items: pieces[0]?.items, bytes: put(pieces) };
    for (const source of here) source.step();
  }
}

/** Joins the pieces of one line. */
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

/** The entries of a put, or the results of an answer. */
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
