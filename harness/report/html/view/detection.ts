import { intervalWords, shareWords } from '../../detection-words.ts';
import { numberOf } from '../../naming.ts';
import type { PageHistory } from '../data.ts';
import { type Markup, markup } from './markup.ts';

const columns = ['detected', '95 % interval', 'tried', 'places', 'found, but allowed'] as const;

/** Detection power: how many mistakes of each kind, put into copies of the history, were found. */
export const detectionView = ({ detection }: PageHistory): Markup | null => {
  if (detection === null) return null;
  if ('skipped' in detection) return section(markup`<p class="path">Not measured: ${detection.skipped}</p>`);
  const { kinds, blind, records } = detection;
  const cells = kinds.map(
    (one) =>
      [
        one.words,
        [shareWords(one), intervalWords(one), ...[one.tried, one.places, one.allowed].map((count) => numberOf(count))],
      ] as const,
  );
  return section(markup`<div class="table-scroll"><table><caption class="vh">Detection power</caption><thead><tr><th>had one of ${numberOf(records)} records been</th>${columns.map((name) => markup`<th class="number">${name}</th>`)}</tr></thead>
<tbody>${cells.map(([words, values]) => markup`<tr><td>${words}</td>${values.map((value) => markup`<td class="number">${value}</td>`)}</tr>`)}</tbody></table></div>${blind.length === 0 ? null : markup`<p class="path">Blind: ${blind.join(', ')}.</p>`}`);
};

const section = (inside: Markup): Markup =>
  markup`<section class="claims"><div class="section-head"><h2>Detection power</h2><p>Mistakes were put into copies of this history, one each, and judged.</p></div>
${inside}</section>`;
