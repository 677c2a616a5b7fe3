import { html, nothing, render, type TemplateResult } from 'lit-html';
import type { Trace } from '../../trace/trace.ts';
import type { IndexItem, PageHistory, PageIndex } from '../data.ts';
import { announce } from './announce.ts';
import { drawBins } from './bins.ts';
import { chartsView, drawCharts } from './charts.ts';
import { claimsView } from './claims.ts';
import { figuresView, noticesView } from './figures.ts';
import { findingView } from './finding.ts';
import { headerView } from './header.ts';
import { onKey } from './keyboard.ts';
import { lanesView } from './lanes.ts';
import { listView } from './list.ts';
import { loadHistory, loadTrace } from './load.ts';
import { binnedSheet, mapView } from './map.ts';
import { newSession } from './session.ts';
import { Address, filtered } from './state.ts';
import { subjectsView } from './subjects.ts';
import { witnessView } from './witness.ts';

/** The page: what the address says, drawn; whatever is done on it changes the address, and so the page. */
export class App {
  readonly #index: PageIndex;
  readonly #root: HTMLElement;
  readonly #address: Address;
  readonly #session = newSession();
  #isWaiting = false;
  #shown = '';

  constructor(index: PageIndex, root: HTMLElement) {
    this.#index = index;
    this.#root = root;
    this.#address = new Address(index, () => this.redraw());
    addEventListener('keydown', (event) =>
      onKey(event, {
        next: (step) => this.#step(step),
        finding: (step) => this.#stepFinding(step),
        theme: () => this.#toggleTheme(),
      }),
    );
    addEventListener('resize', () => this.redraw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redraw());
  }

  /** Once before the next frame, however often it is asked for. */
  readonly redraw = (): void => {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      this.draw();
    });
  };

  draw(): void {
    const { theme } = this.#address.state;
    if (theme === undefined) delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    const item = this.#address.item;
    const page = item === undefined ? undefined : loadHistory(item.id);
    render(
      html`<a class="skip" href="#title" @click=${(event: Event) => this.#skip(event)}>Skip to the report</a>
        <div class="app">${listView(this.#index, this.#address, () => this.#toggleTheme())}
        <main>${page === undefined || item === undefined ? html`<p class="empty">There is no history in this report.</p>` : this.#pageView(page, item)}</main></div>
        <p class="vh" id="live" aria-live="polite"></p>`,
      this.#root,
    );
    if (page !== undefined) this.#drawn(page);
  }

  #pageView(page: PageHistory, item: IndexItem): TemplateResult {
    const { state } = this.#address;
    const { drawing } = page;
    const trace = this.#traceOf(page);
    const index = this.#findingIndex(page);
    const finding = page.findings[index];
    const session = this.#session;
    const lit = session.lit.get(`witness ${page.id} ${index}`) ?? '';
    const common = { page, trace, session, redraw: this.redraw };
    return html`
      ${headerView(page)}
      ${page.notices.filter(({ kind }) => kind === 'error' || kind === 'unknown').map(({ kind, text }) => html`<p class=${`notice ${kind}`}>${text}</p>`)}
      ${finding === undefined ? nothing : findingView({ page, finding, index, entry: this.#index.catalogue[finding.anomaly], line: state.line, onLine: (line) => this.#onLine(page, index, line), onFinding: (at) => this.#toFinding(page, at) })}
      ${finding?.picture == null ? nothing : witnessView({ picture: finding.picture, id: 'witness', heading: 'Witness', file: `${page.scenario}-${finding.anomaly}`, lit, onLit: (ref) => this.#light(`witness ${page.id} ${index}`, ref) })}
      ${drawing === null ? nothing : mapView({ ...common, drawing, view: state.t, finding: index, chosenKey: state.key, onView: (t) => this.#address.change({ t }), onFinding: (at) => this.#toFinding(page, at), onKey: (key) => this.#address.change({ key, n: undefined }, true) })}
      ${drawing === null ? nothing : lanesView({ ...common, drawing, chosenKey: state.key, n: state.n, onKey: (key, n) => this.#address.change({ key, n }, key !== state.key) })}
      ${drawing === null ? nothing : subjectsView(drawing)}
      ${drawing === null ? nothing : chartsView(drawing)}
      ${claimsView(page, this.#index.catalogue, (anomaly) =>
        this.#toFinding(
          page,
          page.findings.findIndex((one) => one.anomaly === anomaly),
        ),
      )}
      ${figuresView(page)}
      ${noticesView(page, this.#index.leftOut)}
      <footer>Made by kinesis-order ${this.#index.version}, ${this.#index.madeAt.slice(0, 16).replace('T', ' ')} UTC. <a href=${this.#address.linkTo(item)}>Link to this history</a></footer>`;
  }

  /** What needs a place in the document: canvases, and where to scroll. */
  #drawn(page: PageHistory): void {
    const { drawing } = page;
    if (drawing !== null) {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.bins');
      const sheet = binnedSheet(page);
      if (canvas !== null && sheet !== undefined)
        drawBins(canvas, drawing, sheet, this.#session.traces.get(page.id), this.#address.state.t === undefined);
      drawCharts(page.id, drawing);
    }
    const name = page.id;
    if (this.#shown === name) return;
    const isFirst = this.#shown === '';
    this.#shown = name;
    this.#session.cursor = -1;
    document.title = `${page.scenario}: ${page.promises.word} · kinesis-order`;
    if (isFirst) return;
    scrollTo({ top: 0 });
    announce(`${page.scenario}. Order: ${page.order.word}. Promises: ${page.promises.word}.`);
  }

  /** The records, as soon as they are unpacked: small ones at once, a million of them when they are asked for. */
  #traceOf(page: PageHistory): Trace | undefined {
    const info = page.drawing?.trace ?? null;
    const known = this.#session.traces.get(page.id);
    if (info === null || known !== undefined) return known;
    const { state } = this.#address;
    const isSmall = page.drawing?.density.cells === '';
    if (!isSmall && state.key === undefined && state.t === undefined) return undefined;
    loadTrace(info)
      .then(
        (trace) => this.#session.traces.set(page.id, trace),
        (thrown: unknown) =>
          this.#session.broken.set(page.id, thrown instanceof Error ? thrown.message : String(thrown)),
      )
      .finally(this.redraw);
    return undefined;
  }

  #findingIndex({ findings }: PageHistory): number {
    const { claim, finding = 1 } = this.#address.state;
    const named = findings.findIndex((one) => one.anomaly === claim && one.number === finding);
    if (named >= 0) return named;
    const first = findings.findIndex(({ anomaly }) => anomaly === claim);
    return Math.max(0, first);
  }

  #toFinding({ findings }: PageHistory, index: number): void {
    const finding = findings[index];
    if (finding === undefined) return;
    this.#address.change(
      { claim: finding.anomaly, finding: finding.number > 1 ? finding.number : undefined, line: undefined },
      true,
    );
    document.getElementById('finding')?.scrollIntoView({ block: 'nearest' });
    announce(`${finding.anomaly}: ${finding.sentence}`);
  }

  #stepFinding(step: number): void {
    const item = this.#address.item;
    const page = item === undefined ? undefined : loadHistory(item.id);
    if (page !== undefined) this.#toFinding(page, this.#findingIndex(page) + step);
  }

  /** The record of a line lights up, and the line is said in words. */
  #onLine(page: PageHistory, index: number, line: number): void {
    const finding = page.findings[index];
    const picture = finding?.picture;
    this.#address.change({ line });
    if (picture?.kind === 'records') {
      const marks = picture.tracks.flatMap(({ marks: own }) => own.filter((mark) => mark.line === line));
      const named =
        marks.find(({ record }) => picture.records[record]?.role === 'late') ??
        marks.find(({ record }) => picture.records[record]?.role === 'other') ??
        marks[0];
      if (named !== undefined) this.#light(`witness ${page.id} ${index}`, String(named.record));
    }
    const words = finding?.lines.find((one) => one.line === line);
    if (words !== undefined) announce(`line ${line}: ${words.who} ${words.what}`);
  }

  #light(name: string, ref: string): void {
    if ((this.#session.lit.get(name) ?? '') === ref) return;
    this.#session.lit.set(name, ref);
    this.redraw();
  }

  #step(step: number): void {
    const items = filtered(this.#index.items, this.#address.state);
    const item = this.#address.item;
    const at = items.findIndex(({ id }) => id === item?.id);
    const next = items[Math.max(0, Math.min(items.length - 1, at + step))];
    if (next === undefined || next.id === item?.id) return;
    const isAmbiguous = this.#index.items.filter(({ scenario }) => scenario === next.scenario).length > 1;
    this.#address.go({ scenario: next.scenario, ...(isAmbiguous ? { run: next.run } : {}) });
    document.querySelector(`[data-item="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  #toggleTheme(): void {
    const isDark =
      this.#address.state.theme === undefined
        ? matchMedia('(prefers-color-scheme: dark)').matches
        : this.#address.state.theme === 'dark';
    this.#address.change({ theme: isDark ? 'light' : 'dark' });
  }

  #skip(event: Event): void {
    event.preventDefault();
    document.getElementById('title')?.focus();
  }
}
