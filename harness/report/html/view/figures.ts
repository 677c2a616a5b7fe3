import { numberOf } from '../../naming.ts';
import type { PageHistory } from '../data.ts';
import { type Markup, markup } from './markup.ts';

/** Counts, how much the run could have shown, and the headroom. Null if there are no figures. */
export const figuresView = ({ figures, headroom }: PageHistory): Markup | null =>
  figures.length === 0
    ? null
    : markup`<section class="numbers"><div class="section-head"><h2>Counts, power, headroom</h2>${headroom !== null && !headroom.isWhole ? markup`<p>Headroom of the first ${numberOf(headroom.records)} records.</p>` : null}</div>
<dl class="figures">${figures.map(({ name, value, detail, share }) => markup`<div><dt>${name}</dt><dd>${value}${share === null ? null : markup`<progress max="1" value="${share}" aria-hidden="true"></progress>`}<small>${detail}</small></dd></div>`)}</dl></section>`;

/** Notices that no claim covers, and what the file leaves out. */
export const noticesView = ({ notices, leftOut, path }: PageHistory, more: readonly string[]): Markup => {
  const away = [...leftOut, ...more];
  return markup`<section class="notes">${notices.length === 0 ? null : markup`<div class="section-head"><h2>Said aloud</h2></div><ul class="notices">${notices.map(({ kind, text }) => markup`<li class="${kind}">${text}</li>`)}</ul>`}
${away.length === 0 ? null : markup`<div class="section-head"><h2>Not in this file</h2></div><ul class="notices">${away.map((text) => markup`<li>${text}</li>`)}</ul>`}
${path === '' ? null : markup`<p class="path">History: <code>${path}</code></p>`}</section>`;
};
