import { html, nothing, type TemplateResult } from 'lit-html';
import type { PageHistory } from '../data.ts';

/** What was counted, how much the run could have shown, and what AWS would have taken. */
export const figuresView = ({ figures, headroom }: PageHistory): TemplateResult | typeof nothing =>
  figures.length === 0
    ? nothing
    : html`<section id="figures">
        <div class="section-head"><h2>Counts, power, headroom</h2>${headroom !== null && !headroom.isWhole ? html`<p>Headroom of the first ${headroom.records.toLocaleString('en-US')} records.</p>` : nothing}</div>
        <dl class="figures">${figures.map(
          ({ name, value, detail, share }) =>
            html`<div><dt>${name}</dt><dd>${value}${share === null ? nothing : html`<progress max="1" value=${share} aria-hidden="true"></progress>`}<small>${detail}</small></dd></div>`,
        )}</dl>
      </section>`;

/** What no claim says, and what the file does not hold. */
export const noticesView = (
  { notices, leftOut, path }: PageHistory,
  more: readonly string[],
): TemplateResult => html`<section id="notes">
  ${notices.length === 0 ? nothing : html`<div class="section-head"><h2>Said aloud</h2></div><ul class="notices">${notices.map(({ kind, text }) => html`<li class=${kind}>${text}</li>`)}</ul>`}
  ${leftOut.length + more.length === 0 ? nothing : html`<div class="section-head"><h2>Not in this file</h2></div><ul class="notices">${[...leftOut, ...more].map((text) => html`<li>${text}</li>`)}</ul>`}
  ${path === '' ? nothing : html`<p class="path">History: <code>${path}</code></p>`}
</section>`;
