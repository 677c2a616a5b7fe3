/**
 * Columns of text, right-aligned if `isRight` says so. Makes as many tables as a terminal of this width needs; each
 * begins with the first column.
 */
export const textTables = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  isRight: (column: number) => boolean,
  width = Number.POSITIVE_INFINITY,
): string => {
  const widths = head.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)));
  return fitting(widths, width)
    .map((shown) => {
      const line = (cells: readonly string[]): string =>
        shown
          .map((index) => {
            const [cell = '', room = 0] = [cells[index], widths[index]];
            return isRight(index) ? cell.padStart(room) : cell.padEnd(room);
          })
          .join(gap)
          .trimEnd();
      return [line(head), ...rows.map(line)].map((text) => `${gap}${text}\n`).join('');
    })
    .join('\n');
};

const gap = '  ';

/** The columns of each table. A column that is wider than the terminal gets its own table. */
const fitting = ([first = 0, ...widths]: readonly number[], width: number): readonly (readonly number[])[] => {
  const tables: number[][] = [];
  let room = -1;
  for (const [index, own] of widths.entries()) {
    room -= own + gap.length;
    if (room < 0) {
      tables.push([0]);
      room = width - gap.length - first - gap.length - own;
    }
    tables.at(-1)?.push(index + 1);
  }
  return tables.length === 0 ? [[0]] : tables;
};
