import { render } from 'lit-html';
import type { Trace } from '../../trace/trace.ts';
import type { Drawing, IndexItem, ScriptHistory, ScriptIndex } from '../data.ts';
import { announce } from './announce.ts';
import { showFinding, showHistory } from './articles.ts';
import { drawBins } from './bins.ts';
import { chartsView, drawCharts } from './charts.ts';
import { onKey } from './keyboard.ts';
import { lanesView } from './lanes.ts';
import { listView } from './list.ts';
import { loadHistory, loadTrace } from './load.ts';
import { binnedSheet, mapView } from './map.ts';
import { listen } from './pointing.ts';
import { newSession } from './session.ts';
import { Address, filtered } from './state.ts';

/** The page. It shows what its address says. Whatever a user does changes the address, and then the page. */
export class App {
  readonly #index: ScriptIndex;
  readonly #address: Address;
  readonly #session = newSession();
  readonly #list = document.getElementById('list');
  #isWaiting = false;
  #shown = '';

  constructor(index: ScriptIndex) {
    this.#index = index;
    this.#list?.replaceChildren();
    this.#address = new Address(index, () => this.redraw());
    const toggleTheme = (): void => this.#toggleTheme();
    addEventListener('keydown', (event) =>
      onKey(event, {
        next: (step) => this.#step(step),
        finding: (step) => this.#stepFinding(step),
        theme: toggleTheme,
      }),
    );
    addEventListener('resize', () => this.redraw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redraw());
    listen({
      onLine: (line) => this.#address.change({ line }),
      onFinding: (at) => this.#toFinding(at),
      onStep: (step) => this.#stepFinding(step),
      onClaim: (claim) => this.#toClaim(claim),
    });
  }

  /** Draws once before the next frame, however often it is called. */
  readonly redraw = (): void => {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      this.draw();
    });
  };

  draw(): void {
    const { state, item } = this.#address;
    if (state.theme === undefined) delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = state.theme;
    if (this.#list !== null)
      render(
        listView(this.#index.items, this.#address, () => this.#toggleTheme()),
        this.#list,
      );
    const page = item === undefined ? undefined : loadHistory(item.id);
    if (page === undefined || item === undefined) return;
    const isOther = showHistory(page.id);
    const index = this.#findingIndex(page);
    showFinding(page.id, index, state.line);
    if (page.drawing !== null) this.#draw(page, page.drawing, index);
    if (this.#shown === page.id) return;
    const isFirst = this.#shown === '';
    this.#shown = page.id;
    this.#session.cursor = -1;
    document.title = `${page.title}: ${item.state} · kinesis-order`;
    if (isFirst) this.#arrive(page);
    else if (isOther) {
      scrollTo({ top: 0, behavior: 'instant' });
      announce(`${page.title}: ${item.state}, order ${item.order}`);
    }
  }

  #draw(page: ScriptHistory, drawing: Drawing, index: number): void {
    const { state } = this.#address;
    const trace = this.#traceOf(page.id, drawing);
    const common = { page, drawing, trace, session: this.#session, redraw: this.redraw };
    const onKeyChosen = (key: string | undefined, n?: number): void =>
      this.#address.change({ key, n }, key !== state.key);
    const slot = (name: string): HTMLElement | null => document.querySelector(`.slot-${name}[data-id="${page.id}"]`);
    const [map, lanes, charts] = ['map', 'lanes', 'charts'].map(slot);
    if (map != null)
      render(
        mapView({
          ...common,
          view: state.t,
          finding: index,
          chosenKey: state.key,
          onView: (t) => this.#address.change({ t }),
          onFinding: (at) => this.#toFinding(at),
          onKey: onKeyChosen,
        }),
        map,
      );
    if (lanes != null) render(lanesView({ ...common, chosenKey: state.key, n: state.n, onKey: onKeyChosen }), lanes);
    if (charts != null) render(chartsView(drawing, page.id), charts);
    const canvas = map?.querySelector('canvas');
    const sheet = binnedSheet(page);
    if (canvas != null && sheet !== undefined) drawBins(canvas, drawing, sheet, trace, state.t === undefined);
    drawCharts(page.id, drawing);
  }

  /** Scrolls to the key, the finding or the line that the address names. */
  #arrive(page: ScriptHistory): void {
    const { claim, line, key } = this.#address.state;
    if (key !== undefined) document.querySelector(`.slot-lanes[data-id="${page.id}"]`)?.scrollIntoView();
    else if (claim !== undefined || line !== undefined)
      document.querySelector(`#finding-${page.id}-${this.#findingIndex(page)}`)?.scrollIntoView({ block: 'nearest' });
  }

  /**
   * The records of a history; undefined until they are unpacked. Few records are unpacked at once, many on demand:
   * when the address names a key or a time range.
   */
  #traceOf(id: string, { trace: info, density }: Drawing): Trace | undefined {
    const { session } = { session: this.#session };
    const known = session.traces.get(id);
    const { state } = this.#address;
    if (info === null || known !== undefined) return known;
    if ((density.cells !== '' && state.key === undefined && state.t === undefined) || session.asked.has(id))
      return undefined;
    session.asked.add(id);
    loadTrace(info)
      .then(
        (trace) => session.traces.set(id, trace),
        (thrown: unknown) => session.broken.set(id, thrown instanceof Error ? thrown.message : String(thrown)),
      )
      .finally(this.redraw);
    return undefined;
  }

  #findingIndex({ findings }: ScriptHistory): number {
    const { claim, finding = 1 } = this.#address.state;
    const named = findings.findIndex((one) => one.anomaly === claim && one.number === finding);
    return named >= 0
      ? named
      : Math.max(
          0,
          findings.findIndex(({ anomaly }) => anomaly === claim),
        );
  }

  get #page(): ScriptHistory | undefined {
    const { item } = this.#address;
    return item === undefined ? undefined : loadHistory(item.id);
  }

  #toFinding(index: number): void {
    const finding = this.#page?.findings[index];
    if (finding === undefined) return;
    this.#address.change(
      { claim: finding.anomaly, finding: finding.number > 1 ? finding.number : undefined, line: undefined },
      true,
    );
    this.draw();
    const block = document.querySelector(`#finding-${this.#page?.id ?? ''}-${index}`);
    block?.scrollIntoView({ block: 'nearest' });
    announce(block?.querySelector('.say')?.textContent ?? finding.anomaly);
  }

  #toClaim(claim: string): void {
    this.#toFinding(this.#page?.findings.findIndex(({ anomaly }) => anomaly === claim) ?? -1);
  }

  #stepFinding(step: number): void {
    const page = this.#page;
    if (page !== undefined) this.#toFinding(this.#findingIndex(page) + step);
  }

  #step(step: number): void {
    const items = filtered(this.#index.items, this.#address.state);
    const { item } = this.#address;
    const at = items.findIndex(({ id }) => id === item?.id);
    const next = items[Math.max(0, Math.min(items.length - 1, at + step))];
    if (next !== undefined && next.id !== item?.id) this.#open(next);
  }

  #open(next: IndexItem): void {
    const isAmbiguous = this.#index.items.filter(({ scenario }) => scenario === next.scenario).length > 1;
    this.#address.go({ scenario: next.scenario, ...(isAmbiguous ? { run: next.run } : {}) });
    document.querySelector(`[data-item="${next.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  #toggleTheme(): void {
    const { theme } = this.#address.state;
    const isDark = theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
    this.#address.change({ theme: isDark ? 'light' : 'dark' });
  }
}
