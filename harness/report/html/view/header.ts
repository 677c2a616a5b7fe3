import { capital } from '../../../lib/capital.ts';
import type { PageHistory } from '../data.ts';
import type { Sign } from '../sign-paths.ts';
import { type Markup, markup } from './markup.ts';
import { sign } from './signs.ts';

/** Where the history comes from, the two answers, what was counted, and the line that replays it. */
export const headerView = (page: PageHistory): Markup => {
  const { facts, title, why, counts, replay, path, notices } = page;
  return markup`<header>
<p class="facts">${facts.map(([name, value]) => markup`<span>${name === '' ? '' : `${name} `}<b>${value}</b></span>`)}</p>
<h1 tabindex="-1">${title}</h1>
${why === null ? null : markup`<p class="why">${sentence(why)}</p>`}
<section class="answers" aria-label="Answers">
${answer('Order', page.order, orderSigns[page.orderState])}
${answer('Promises', page.promises, promiseSigns[page.state])}
<p class="counts">${counts.map(([value, name]) => markup`<span><b>${value}</b> ${name}</span>`)}</p>
</section>
${replay === null ? judgeAgain(path) : commandView('Replay', replay)}
${notices.filter(({ kind }) => kind === 'error' || kind === 'unknown').map(({ kind, text }) => markup`<p class="notice ${kind}">${text}</p>`)}
</header>`;
};

const sentence = (text: string): string => {
  const first = capital(text);
  return /[.!?]$/.test(first) ? first : `${first}.`;
};

const judgeAgain = (path: string): Markup | null =>
  path === '' || path === '-'
    ? null
    : commandView(
        'Judge again',
        `npx kinesis-order check ${/^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`}`,
      );

const commandView = (name: string, command: string): Markup =>
  markup`<div class="replay"><span>${name}</span><code>${command}</code><button type="button" class="button" data-copy="${command}">Copy</button></div>`;

type Tone = { readonly kind: Sign; readonly tone: string };

const orderSigns: Readonly<Record<PageHistory['orderState'], Tone>> = {
  kept: { kind: 'ok', tone: '' },
  broken: { kind: 'bad', tone: 'is-bad' },
  asked: { kind: 'asked', tone: '' },
  unknown: { kind: 'unknown', tone: 'is-unknown' },
  none: { kind: 'none', tone: '' },
};

const promiseSigns: Readonly<Record<PageHistory['state'], Tone>> = {
  violated: { kind: 'bad', tone: 'is-bad' },
  failed: { kind: 'bad', tone: 'is-bad' },
  unknown: { kind: 'unknown', tone: 'is-unknown' },
  holds: { kind: 'ok', tone: '' },
  skipped: { kind: 'none', tone: '' },
};

const answer = (question: string, { word, detail }: PageHistory['order'], { kind, tone }: Tone): Markup =>
  markup`<div class="answer ${tone}"><div class="answer-sign">${sign(kind, 28)}</div><h2>${question}</h2><p class="word">${word}</p><p class="detail">${detail}</p></div>`;
