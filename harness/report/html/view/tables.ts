import { numberOf, timeOf } from '../../naming.ts';
import type { Drawing, Stop } from '../data.ts';
import { type Markup, markup } from './markup.ts';

const rowsMax = 500;

/** The stops of the map as a table, by time. */
export const stopTable = (stops: readonly Stop[], id: string): Markup =>
  markup`<details class="as-table"><summary>The map as a table: shards, reshards, faults and findings by time</summary><div class="table-scroll"><table id="${id}"><caption class="vh">What the map shows, by time</caption><thead><tr><th class="number">time</th><th>what</th></tr></thead>
<tbody>${stops.slice(0, rowsMax).map(({ from, words }) => markup`<tr><td class="number">${timeOf(from)}</td><td>${words}</td></tr>`)}</tbody></table></div>${stops.length > rowsMax ? markup`<p class="path">${stops.length - rowsMax} more are not shown.</p>` : null}</details>`;

/** The numbers of the charts as a table. Null if there are no charts. */
export const seriesTable = ({ series }: Drawing, id: string): Markup | null => {
  if (series.sent.length === 0) return null;
  const count = (value: number | undefined): string => numberOf(Math.round(value ?? 0));
  const took = (value: number | null | undefined): string => (value == null ? '' : timeOf(value));
  return markup`<details class="as-table"><summary>The charts as a table</summary><div class="table-scroll"><table id="${id}"><caption class="vh">Records a second, and how long answers took</caption>
<thead><tr>${['from', 'sent/s', 'acknowledged/s', 'refused/s', 'read/s', 'p50', 'p95', 'max'].map((name) => markup`<th class="number">${name}</th>`)}</tr></thead>
<tbody>${series.sent.map((sent, point) => markup`<tr>${[timeOf(point * series.width), count(sent), count(series.acked[point]), count(series.refused[point]), count(series.read[point]), took(series.p50[point]), took(series.p95[point]), took(series.max[point])].map((value) => markup`<td class="number">${value}</td>`)}</tr>`)}</tbody></table></div></details>`;
};
