import type { Kept } from './render.ts';

/** A row with its name and engine, and the cells by which the report distinguishes it. */
export type Reported = {
  readonly name: string;
  readonly client: string;
  readonly engine: string;
  readonly fault: string;
};

/**
 * The results of this machine, and those in the report of rows that ran elsewhere, so that a machine that repeats a
 * few rows loses none of the others.
 */
export const withReported = (kept: Kept, report: string, rows: readonly Reported[]): Kept => {
  const lines = report.split('\n').flatMap((text) => {
    const cells = cellsIn(text);
    return cells.length === columns ? [cells] : [];
  });
  const found = rows.flatMap(({ name, ...row }) => {
    const cells = lines.find(
      ([client, engine, fault]) => client === row.client && engine === row.engine && fault === row.fault,
    );
    const commit = cells?.at(-1)?.replace(' (rebased since)', '');
    return cells === undefined || commit === undefined
      ? []
      : [[name, { commit, date: '', cells: cells.slice(0, -1) }] as const];
  });
  return {
    versions: { ...versionsIn(report), ...kept.versions },
    rows: { ...Object.fromEntries(found), ...kept.rows },
  };
};

/**
 * The number of columns: client, engine, fault, verdict, order, found, counted, expected, process, as expected,
 * commit.
 */
const columns = 11;

const cellsIn = (text: string): readonly string[] =>
  text.startsWith('| ')
    ? text
        .slice(2, -2)
        .split(/(?<!\\) \| /)
        .map((cell) => cell.replaceAll('\\|', '|'))
    : [];

const versionsIn = (report: string): Readonly<Record<string, string>> => {
  const [, told = ''] = /^Rendered by .*, commit [^:]*: (.*)\.$/m.exec(report) ?? [];
  return Object.fromEntries(told.split(', ').flatMap((text) => (text.includes(' ') ? [text.split(' ')] : [])));
};
