import { several } from '../lib/several.ts';

/** A quoted cell may span several lines. */
export const linesOfRow = (cells: readonly string[]): number => {
  let lines = 1;
  for (const cell of cells) for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) lines += 1;
  return lines;
};

/** `lines`: how many the row has. */
type Table = { readonly lines: number; readonly columns: number; readonly delimiter: string };

/** Why a row is no record; undefined if it is one. */
export const brokenRow = (cells: readonly string[], { lines, columns, delimiter }: Table): string | undefined => {
  if (lines === 1) return cells.length < columns ? rowWords(cells, columns) : undefined;
  const isWhole = cells.length === columns && !cells.some((cell) => hasRows(cell, columns, delimiter));
  return isWhole
    ? undefined
    : `${rowWords(cells, columns)}. It goes on for ${lines} lines: is a quotation mark not closed?`;
};

/** True if the lines inside a cell are rows themselves, which a stray quotation mark has swallowed. */
const hasRows = (cell: string, columns: number, delimiter: string): boolean => {
  const inside = cell.split('\n').slice(1, -1);
  return inside.length > 0 && inside.every((line) => line.split(delimiter).length === columns);
};

const shownChars = 40;

const rowWords = (cells: readonly string[], columns: number): string =>
  `${JSON.stringify(cells.join(',').split('\n', 1)[0]?.slice(0, shownChars))} has ${several(cells.length, 'cell')} for ${several(columns, 'column')}`;
