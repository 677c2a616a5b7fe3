import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { HarnessError } from '../lib/error.ts';
import type { Format, FormatInput } from './format.ts';
import { guessMapping } from './guess.ts';
import { mappingText } from './mapping.ts';
import { type Getter, getterOf, type Path } from './path.ts';
import { type OnRow, openRows } from './row-format.ts';
import { areValues, isHeader } from './table-header.ts';
import { brokenRow, linesOfRow } from './table-row.ts';

type Cells = readonly string[];
type Columns = { readonly names: Cells; readonly delimiter: string };

/** A table with a header line. The parser detects the delimiter: comma, semicolon, tab or bar. */
export const csv: Format = {
  summary:
    'CSV with a header line (comma, semicolon, tab or bar as delimiter): columns are guessed, or named with --map',
  flags: ['map', 'id', 'puts'],
  recognise: (start) => {
    const [names, rows] = sampled(start);
    if (names.length < 3 || rows.length === 0 || start.trimStart().startsWith('{')) return undefined;
    const mapping = guessMapping(
      rows.map((cells) => objectOf(names, cells)),
      {},
      false,
    );
    if (mapping.seq === undefined && (mapping.n === undefined || (mapping.key ?? mapping.flow) === undefined))
      return undefined;
    return { sure: 0.5, flags: ['--map', mappingText(mapping)] };
  },
  open: (input) => {
    const [names, rows, delimiter] = sampled(input.source.start);
    assertTable(names, input.source.name);
    if (rows.length === 0) throw headerAlone(names, input.source.name);
    if (areValues(names)) noteNoHeader(input);
    return openRows({
      input,
      sample: rows.map((cells) => objectOf(names, cells)),
      named: (row) => objectOf(names, row as Cells),
      isTimed: false,
      getter: (path) => cellGetter(names, path, input.source.name),
      read: (onRow) => read(input, { names, delimiter }, onRow),
    });
  },
};

const sampleRows = 200;

const sampled = (start: string): readonly [Cells, readonly Cells[], string] => {
  const { data, meta } = Papa.parse<string[]>(start, { preview: sampleRows, skipEmptyLines: true });
  const [first = [], ...rows] = data;
  const names = first.map((name) => name.trim());
  return [names, rows.filter((cells) => !isHeader(cells, names)), meta.delimiter];
};

const headerAlone = (names: Cells, name: string): HarnessError =>
  new HarnessError('usage', `${name} has a header and no record`, { hint: `columns: ${names.join(', ')}` });

/** The first line is left out like a broken one, because it was a record. */
const noteNoHeader = ({ tally }: FormatInput): void => {
  tally.tried += 1;
  tally.noteBroken(1, 'it names the columns, but it looks like a record. Put a line with names before it');
};

const assertTable = (names: Cells, name: string): void => {
  if (names.length > 1) return;
  throw new HarnessError('usage', `${name}: the first line has ${names.length} column, so this is not a table`, {
    hint: 'the first line of a CSV file names its columns; for JSON lines use the format jsonl, for other log lines the format log',
  });
};

const objectOf = (names: Cells, cells: Cells): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));

/** A column by its name, optionally followed by a path into JSON in the cell. */
const cellGetter = (names: Cells, { text, tokens }: Path, file: string): Getter => {
  const [first = '', ...inside] = tokens;
  const whole = names.indexOf(text);
  const index = whole >= 0 ? whole : names.indexOf(first);
  if (index < 0)
    throw new HarnessError('usage', `${file}: there is no column ${JSON.stringify(text)}`, {
      hint: `columns: ${names.join(', ')}`,
    });
  if (whole >= 0 || inside.length === 0) return (row) => (row as Cells)[index];
  const get = getterOf(['cell', ...inside]);
  return (row) => get({ cell: (row as Cells)[index] });
};

/** The rows of the parser, one piece of the file at a time. The parser waits until they are written. */
async function* read(
  { source, tally }: FormatInput,
  { names, delimiter }: Columns,
  onRow: OnRow,
): AsyncGenerator<void> {
  const text = Readable.from(source.pieces, { objectMode: false, encoding: 'utf8', highWaterMark: 16 });
  const waiting: (() => void)[] = [];
  const pieces: { readonly rows: readonly Cells[]; readonly resume: () => void }[] = [];
  let state: { readonly error?: Error } | undefined;
  const wake = (): void => waiting.shift()?.();
  Papa.parse<string[]>(text, {
    // The parser would count empty lines, and miss the delimiter of two columns.
    delimiter,
    // Empty lines are skipped here and not in the parser, because they count for line numbers.
    skipEmptyLines: false,
    chunk: ({ data }, parser) => {
      parser.pause();
      pieces.push({ rows: data, resume: () => parser.resume() });
      wake();
    },
    complete: () => {
      state ??= {};
      wake();
    },
    error: (error: Error) => {
      state = { error };
      wake();
    },
  });
  let line = 1;
  let isHead = true;
  for (;;) {
    const piece = pieces.shift();
    if (piece !== undefined) {
      for (const cells of piece.rows) {
        const first = line;
        line += linesOfRow(cells);
        if (cells.length === 1 && cells[0] === '') continue;
        if (isHead) {
          isHead = false;
          continue;
        }
        // An open quotation mark takes all lines up to the end of the file, and the end of the last one.
        const lines = line - first - (cells.at(-1)?.endsWith('\n') === true ? 1 : 0);
        const why = brokenRow(cells, { lines, columns: names.length, delimiter });
        tally.tried += why === undefined ? 1 : lines;
        if (why !== undefined) tally.noteBroken(first, why, lines);
        else if (isHeader(cells, names)) tally.headers += 1;
        else onRow(cells, first, undefined);
      }
      yield;
      piece.resume();
    } else if (state !== undefined) {
      if (state.error !== undefined) throw state.error;
      return;
    } else await new Promise<void>((resolve) => void waiting.push(resolve));
  }
}
