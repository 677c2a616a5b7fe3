import type { Comparison } from '../result.ts';
import { curves } from './curves.ts';
import { escapeHtml } from './escape.ts';
import { promisesIn } from './promises-in.ts';
import { rankingLines } from './ranking-words.ts';
import { stepTables } from './step-table.ts';
import { columns } from './table.ts';
import { endedWords, headingWords, rowNotes } from './words.ts';

const style = `
body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1a1a1a;background:#fff;max-width:90rem}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.3rem .7rem;border-bottom:1px solid #ccc;text-align:right}
th:first-child,td:first-child{text-align:left}.ranking{font-size:1.3rem}.not-aws{font-weight:bold}
.no{color:#b3261e;font-weight:bold}svg{max-width:60rem}svg text{font:12px system-ui,sans-serif;fill:currentColor}
.axis{fill:none;stroke:#888}figure{margin:1.5rem 0}figcaption{font-weight:bold}
@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}th,td{border-color:#444}.no{color:#ff8a80}}`;

/** One self-contained page without a script. It loads nothing. All texts of the comparison are escaped. */
export const html = (comparison: Comparison): string => {
  const { rows } = comparison;
  const [engine = '', setting = ''] = headingWords(comparison);
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>Ways to write, on ${escapeHtml(engine)}</title><style>${style}</style></head><body>\n`,
    `<h1>Ways to write</h1><p class="not-aws">${escapeHtml(engine)}</p><p>${escapeHtml(setting)}</p>`,
    ...endedWords(comparison).map((line) => `<p class="no">${escapeHtml(line)}</p>\n`),
    ...rankingLines(comparison).map((line) => `<p class="ranking">${escapeHtml(line)}</p>\n`),
    tableOf(
      columns.map(({ head, what }) => ({ head, what })),
      rows.map((row) => columns.map(({ cell }) => cell(row, comparison))),
    ),
    ...rowNotes(comparison).map((line) => `<p class="no">${escapeHtml(line)}</p>\n`),
    curves(comparison),
    ...stepTables(comparison).flatMap(({ title, columns: of, steps }) => [
      `<h2>${escapeHtml(title)}</h2>`,
      tableOf(
        of.map(({ head }) => ({ head, what: '' })),
        steps.map((step) => of.map(({ cell }) => cell(step))),
      ),
    ]),
    '<h2>What AWS promises of the order</h2><ul>',
    ...promisesIn(rows).map(
      ({ arms, short, words, source }) =>
        `<li>${escapeHtml(`${arms.join(', ')}: ${short}: "${words}" (${source})`)}</li>`,
    ),
    '</ul></body></html>\n',
  ].join('');
};

type Head = { readonly head: string; readonly what: string };

const tableOf = (heads: readonly Head[], rows: readonly (readonly string[])[]): string =>
  [
    '<table><thead><tr>',
    ...heads.map(({ head, what }) => `<th scope="col" title="${escapeHtml(what)}">${escapeHtml(head)}</th>`),
    '</tr></thead><tbody>\n',
    ...rows.map(
      (cells) =>
        `<tr>${cells.map((cell) => `<td${cell.startsWith('NO') ? ' class="no"' : ''}>${escapeHtml(cell)}</td>`).join('')}</tr>\n`,
    ),
    '</tbody></table>\n',
  ].join('');
