import { html, nothing, type TemplateResult } from 'lit-html';
import type { IndexItem } from '../data.ts';
import type { Sign } from '../sign-paths.ts';
import { sign } from './signs.ts';
import type { Address } from './state.ts';
import { filtered } from './state.ts';

const groups: readonly (readonly [name: string, states: readonly IndexItem['state'][]])[] = [
  ['Violated', ['violated']],
  ['Failed', ['failed']],
  ['Unknown', ['unknown']],
  ['Holds', ['holds']],
  ['Left out', ['skipped']],
];

const chips: readonly (readonly [string, string | undefined])[] = [
  ['All', undefined],
  ['Violated', 'violated'],
  ['Unknown', 'unknown'],
  ['Holds', 'holds'],
];

/** The list of scenarios with its filters. */
export const listView = (items: readonly IndexItem[], address: Address, toggleTheme: () => void): TemplateResult => {
  const shown = filtered(items, address.state);
  const current = address.item;
  const { q = '', s } = address.state;
  return html`<div class="brand"><b>kinesis-order</b><span>report</span></div>
    <p class="tally"><strong>${items.length} ${items.length === 1 ? 'history' : 'histories'}</strong>: ${tallyOf(items)}</p>
    <div class="find">
      <label class="wrap"><span class="vh">Filter by scenario, claim, key, tag or target</span>
        <input id="q" type="search" placeholder="Scenario, claim, key, target" autocomplete="off" spellcheck="false" .value=${q}
          @input=${(event: InputEvent) => address.change({ q: (event.target as HTMLInputElement).value })}>
        <kbd aria-hidden="true">/</kbd></label>
      <div class="chips" role="group" aria-label="Filter by verdict">
        ${chips.map(([name, value]) => html`<button type="button" aria-pressed=${s === value ? 'true' : 'false'} @click=${() => address.change({ s: value })}>${name}</button>`)}
      </div>
      ${otherFilters(items, address)}
    </div>
    <div class="list">
      ${groups.map(([name, states]) => {
        const own = shown.filter(({ state }) => states.includes(state));
        return own.length === 0
          ? nothing
          : html`<h2>${name} (${own.length})</h2><ul>${own.map((item) => html`<li>${itemView(item, address, item === current)}</li>`)}</ul>`;
      })}
      ${shown.length === 0 ? html`<p class="empty">Nothing fits these filters. <button type="button" class="link" @click=${() => address.change({ q: undefined, s: undefined, c: undefined, k: undefined, tag: undefined })}>Show all</button></p>` : nothing}
    </div>
    <div class="keys"><span><kbd>j</kbd> <kbd>k</kbd> next, previous</span>
      <button type="button" @click=${toggleTheme}>Light / dark</button></div>`;
};

const tallyOf = (items: readonly IndexItem[]): string => {
  const words = {
    violated: 'violated',
    failed: 'failed',
    unknown: 'unknown',
    holds: 'hold',
    skipped: 'left out',
  } as const;
  return (Object.keys(words) as (keyof typeof words)[])
    .map((state) => [items.filter((item) => item.state === state).length, words[state]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${count === 1 && word === 'hold' ? 'holds' : word}`)
    .join(', ');
};

/** Tags, and the filters that a link has set, so that a reader knows why scenarios are missing. */
const otherFilters = (items: readonly IndexItem[], address: Address): TemplateResult | typeof nothing => {
  const { c, k, tag } = address.state;
  const set = (
    [
      ['c', 'claim', c],
      ['k', 'key', k],
      ['tag', 'tag', tag],
    ] as const
  ).filter(([, , value]) => value !== undefined);
  const tags = [...new Set(items.flatMap((item) => item.tags))].slice(0, 12);
  if (set.length === 0 && tags.length === 0) return nothing;
  return html`<div class="tags">
    ${set.map(([name, word, value]) => html`<button type="button" class="tag on" aria-label=${`Remove the filter ${word} ${value}`} @click=${() => address.change({ [name]: undefined })}>${word} <b>${value}</b> ×</button>`)}
    ${tags.filter((one) => one !== tag).map((one) => html`<button type="button" class="tag" @click=${() => address.change({ tag: one })}>${one}</button>`)}
  </div>`;
};

const itemView = (item: IndexItem, address: Address, isCurrent: boolean): TemplateResult => {
  const [order, promises] = wordsOf(item);
  return html`<a class="item" href=${address.linkTo(item)} aria-current=${isCurrent ? 'true' : 'false'} data-item=${item.id}>
    <span class="name">${item.title}</span>
    <span class="words">${[order, promises].map((one) => (one === undefined ? nothing : html`<span class=${one.kind}>${sign(one.kind)}${one.words}</span>`))}</span>
  </a>`;
};

type Said = { readonly kind: Sign; readonly words: string };

const wordsOf = ({ state, order, violated }: IndexItem): readonly [Said | undefined, Said] => {
  const orders: Readonly<Record<IndexItem['order'], Said | undefined>> = {
    kept: { kind: 'ok', words: 'order kept' },
    broken: { kind: 'bad', words: 'order not kept' },
    asked: { kind: 'asked', words: 'order not kept' },
    unknown: { kind: 'unknown', words: 'order unknown' },
    none: undefined,
  };
  const promises: Readonly<Record<IndexItem['state'], Said>> = {
    violated: { kind: 'bad', words: `${violated} violated` },
    failed: { kind: 'bad', words: 'could not be judged' },
    unknown: { kind: 'unknown', words: 'promises unknown' },
    holds: { kind: 'ok', words: 'promises hold' },
    skipped: { kind: 'none', words: 'left out' },
  };
  return [orders[order], promises[state]];
};
