import { html, nothing, type TemplateResult } from 'lit-html';
import type { PageHistory } from '../data.ts';
import { copyButton } from './copy.ts';
import { type Sign, sign } from './signs.ts';

/** Where the history comes from, the two answers, what was counted, and the line that replays it. */
export const headerView = (page: PageHistory): TemplateResult => {
  const { facts, scenario, why, counts, replay, path } = page;
  return html`<header>
    <p class="facts">${facts.map(([name, value]) => html`<span>${name === '' ? nothing : html`${name} `}<b>${value}</b></span>`)}</p>
    <h1 tabindex="-1" id="title">${scenario}</h1>
    ${why === null ? nothing : html`<p class="why">${sentence(why)}</p>`}
    <section class="answers" aria-label="Answers">
      ${answer('Order', page.order, orderSign(page))}
      ${answer('Promises', page.promises, promiseSign(page))}
      <p class="counts">${counts.map(([value, name]) => html`<span><b>${value}</b> ${name}</span>`)}</p>
    </section>
    ${replay === null ? historyLine(path) : html`<div class="replay"><span>Replay</span><code>${replay}</code>${copyButton(() => replay, 'Copy')}</div>`}
  </header>`;
};

const sentence = (text: string): string => {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
};

const historyLine = (path: string): TemplateResult | typeof nothing => {
  if (path === '' || path === '-') return nothing;
  const command = `npx kinesis-order check ${/^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`}`;
  return html`<div class="replay"><span>Judge again</span><code>${command}</code>${copyButton(() => command, 'Copy')}</div>`;
};

type AnswerSign = { readonly kind: Sign; readonly tone: string };

const orderSign = ({ orderState }: PageHistory): AnswerSign =>
  (
    ({
      kept: { kind: 'ok', tone: '' },
      broken: { kind: 'bad', tone: 'is-bad' },
      asked: { kind: 'asked', tone: '' },
      unknown: { kind: 'unknown', tone: 'is-unknown' },
      none: { kind: 'none', tone: '' },
    }) as const
  )[orderState];

const promiseSign = ({ state }: PageHistory): AnswerSign =>
  (
    ({
      violated: { kind: 'bad', tone: 'is-bad' },
      failed: { kind: 'bad', tone: 'is-bad' },
      unknown: { kind: 'unknown', tone: 'is-unknown' },
      holds: { kind: 'ok', tone: '' },
      skipped: { kind: 'none', tone: '' },
    }) as const
  )[state];

const answer = (question: string, { word, detail }: PageHistory['order'], { kind, tone }: AnswerSign): TemplateResult =>
  html`<div class=${`answer ${tone}`}><div class="answer-sign">${sign(kind, 28)}</div><h2>${question}</h2><p class="word">${word}</p><p class="detail">${detail}</p></div>`;
