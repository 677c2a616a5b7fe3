import type { IndexItem, ScriptIndex } from '../data.ts';
import { formatFragment, type PageState, parseFragment } from '../fragment.ts';
import { worstFirst } from '../worst-first.ts';

/** The state in the address of the page, and the history that it selects. */
export class Address {
  readonly #index: ScriptIndex;
  readonly #changed: () => void;
  state: PageState;

  constructor(index: ScriptIndex, changed: () => void) {
    this.#index = index;
    this.#changed = changed;
    this.state = parseFragment(location.hash);
    addEventListener('hashchange', () => this.#read());
    addEventListener('popstate', () => this.#read());
  }

  /** The history that is shown: the named one, otherwise the first that needs attention. */
  get item(): IndexItem | undefined {
    const { items } = this.#index;
    const { scenario, run } = this.state;
    const named = items.filter((item) => item.scenario === scenario);
    const [first] = named.filter((item) => run === undefined || item.run === run);
    return first ?? named[0] ?? items.toSorted(worstFirst)[0];
  }

  /** Goes to another place, as a step in the browser's history. Drops all fields but those in `keep`. */
  go(change: PageState, keep: readonly (keyof PageState)[] = ['s', 'c', 'k', 'tag', 'q', 'theme']): void {
    const kept = Object.fromEntries(
      keep.flatMap((name) => (this.state[name] === undefined ? [] : [[name, this.state[name]]])),
    );
    this.#set({ ...kept, ...change }, true);
  }

  /**
   * Changes fields and keeps the others. `undefined` removes a field. `isStep`: adds a step to the browser's history.
   */
  change(change: { readonly [Field in keyof PageState]?: PageState[Field] | undefined }, isStep = false): void {
    const merged = Object.fromEntries(
      Object.entries({ ...this.state, ...change }).filter(([, value]) => value !== undefined && value !== ''),
    );
    this.#set(merged as PageState, isStep);
  }

  /** The fragment for an item of the list, or for a finding of it, with the current filters. */
  linkTo(item: IndexItem, more: PageState = {}): string {
    const isAmbiguous = this.#index.items.filter(({ scenario }) => scenario === item.scenario).length > 1;
    const { s, c, k, tag, q, theme } = this.state;
    const filters = Object.fromEntries(
      Object.entries({ s, c, k, tag, q, theme }).filter(([, value]) => value !== undefined),
    );
    return formatFragment({ scenario: item.scenario, ...(isAmbiguous ? { run: item.run } : {}), ...more, ...filters });
  }

  #set(state: PageState, isStep: boolean): void {
    this.state = state;
    const fragment = formatFragment(state) || '#';
    if (fragment !== (location.hash || '#')) {
      if (isStep) history.pushState(null, '', fragment);
      else history.replaceState(null, '', fragment);
    }
    this.#changed();
  }

  #read(): void {
    const state = parseFragment(location.hash);
    if (JSON.stringify(state) === JSON.stringify(this.state)) return;
    this.state = state;
    this.#changed();
  }
}

/** The items that match the filters, in the order of the list. */
export const filtered = (items: readonly IndexItem[], { s, c, k, tag, q }: PageState): readonly IndexItem[] => {
  const words = (q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return items
    .toSorted(worstFirst)
    .filter(
      (item) =>
        (s === undefined || item.state === s || (s === 'violated' && item.state === 'failed')) &&
        (c === undefined || item.claims.includes(c)) &&
        (k === undefined || item.keys.includes(k)) &&
        (tag === undefined || item.tags.includes(tag)) &&
        words.every((word) =>
          [item.scenario, item.target, item.run, ...item.claims, ...item.keys, ...item.tags].some((text) =>
            text.toLowerCase().includes(word),
          ),
        ),
    );
};
