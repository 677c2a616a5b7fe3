import { plain, recordText, textWidth, topologyText } from '../drawing/picture-text.ts';
import { timeOf } from '../naming.ts';
import type { Picture } from '../story/picture.ts';
import type { PageFinding, PageHistory, PageIndex } from './data.ts';
import { escapeHtml } from './escape.ts';

/** What the page says, without a script: answers, findings, proofs and promises, as plain HTML. */
export const staticPage = ({ items, catalogue, version, madeAt }: PageIndex, pages: readonly PageHistory[]): string =>
  `<main class="plain"><p class="brand"><b>kinesis-order</b> ${escapeHtml(version)} · ${escapeHtml(madeAt)}</p>` +
  `<p>${items.length} ${items.length === 1 ? 'history' : 'histories'}</p>` +
  pages.map((page) => article(page, catalogue)).join('') +
  '</main>';

const p = (text: string): string => `<p>${escapeHtml(text)}</p>`;

const article = (page: PageHistory, catalogue: PageIndex['catalogue']): string =>
  [
    `<article><h1>${escapeHtml(page.scenario)}</h1>`,
    page.why === null ? '' : p(page.why),
    `<p>${page.facts.map(([name, value]) => escapeHtml(`${name} ${value}`.trim())).join(' · ')}</p>`,
    `<h2>Order: ${escapeHtml(page.order.word)}</h2>${p(page.order.detail)}`,
    `<h2>Promises: ${escapeHtml(page.promises.word)}</h2>${p(page.promises.detail)}`,
    `<p>${page.counts.map(([value, name]) => escapeHtml(`${value} ${name}`.trim())).join(' · ')}</p>`,
    page.replay === null ? '' : `<p>Replay: <code>${escapeHtml(page.replay)}</code></p>`,
    ...page.findings
      .filter(({ expect, explainedBy }) => expect === 'forbid' && explainedBy === null)
      .map((finding) => findingOf(finding, catalogue)),
    page.notices.length === 0
      ? ''
      : `<ul>${page.notices.map(({ text }) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`,
    page.path === '' ? '' : `<p>History: <code>${escapeHtml(page.path)}</code></p>`,
    '</article>',
  ].join('');

const findingOf = (finding: PageFinding, catalogue: PageIndex['catalogue']): string => {
  const { anomaly, kind, why, blame, sentence, witness, near, lines, picture } = finding;
  const said = [why, kind === null ? '' : `kind ${kind}`, blame === null ? '' : `blame: ${blame}`]
    .filter((part) => part !== '')
    .join(' · ');
  return [
    `<h3>${escapeHtml(anomaly)}</h3>${p(said)}${p(sentence)}`,
    `<blockquote>${escapeHtml(catalogue[anomaly]?.source ?? '')}</blockquote>`,
    p([`lines ${witness.join(', ')}`, ...near].join(' · ')),
    picture === null ? '' : `<pre>${escapeHtml(textOf(picture))}</pre>`,
    `<ol>${lines.map(({ line, t, who, what }) => `<li value="${line}">${escapeHtml(`${timeOf(t)}: ${who} ${what}`)}</li>`).join('')}</ol>`,
  ].join('');
};

const textOf = (picture: Picture): string => {
  const width = picture.kind === 'records' ? Math.max(100, textWidth(picture)) : 100;
  const lines = picture.kind === 'records' ? recordText(picture, width, plain) : topologyText(picture, width, plain);
  return [picture.title, picture.subtitle, '', ...lines].join('\n');
};
