import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { countOf, timeOf } from '../../naming.ts';
import { none, type Trace } from '../../trace/trace.ts';
import type { Drawing, PageHistory } from '../data.ts';
import { type MapSheet, mapLayout } from '../layout/map-layout.ts';
import { type MapKey, timeAt } from '../layout/scale.ts';
import { barsOf, ticksOf } from '../layout/ticks.ts';
import { announce } from './announce.ts';
import { savePng, saveSvg } from './export.ts';
import { type Stop, stopsOf } from './map-stops.ts';
import type { Session } from './session.ts';
import { refAt, shapesView } from './sheet.ts';
import { patterns } from './witness.ts';

export type MapInputs = {
  readonly page: PageHistory;
  readonly drawing: Drawing;
  readonly trace: Trace | undefined;
  readonly session: Session;
  readonly view: readonly [number, number] | undefined;
  readonly finding: number;
  readonly chosenKey: string | undefined;
  readonly onView: (view: readonly [number, number] | undefined) => void;
  readonly onFinding: (index: number) => void;
  readonly onKey: (key: string) => void;
  readonly redraw: () => void;
};

const ticksMax = 4000;
const barsMax = 800;
const keyLinesMax = 40;

/** All of the history: a little room before the first and behind the last thing that happened. */
export const wholeView = ({ end, shards, trace: _ }: Drawing): readonly [number, number] => {
  const first = Math.min(...shards.map(({ opened }) => opened.t), end);
  const room = Math.max(1000, (end - Math.max(0, first)) * 0.02);
  return [Math.max(0, first - room), end + room];
};

const layouts = new WeakMap<
  PageHistory,
  { readonly name: string; readonly sheet: MapSheet; readonly isBinned: boolean }
>();

const layoutFor = (inputs: MapInputs): { readonly sheet: MapSheet; readonly isBinned: boolean } => {
  const { page, drawing, trace, finding, chosenKey } = inputs;
  const view = inputs.view ?? wholeView(drawing);
  const name = JSON.stringify([view, finding, chosenKey, trace === undefined]);
  const known = layouts.get(page);
  if (known?.name === name) return known;
  const isSmall = drawing.density.cells === '';
  const ticks =
    trace !== undefined && (isSmall || inputs.view !== undefined) ? ticksOf(trace, view, ticksMax) : undefined;
  const chosen = chosenKey ?? page.findings[finding]?.key ?? undefined;
  const sheet = mapLayout({
    drawing,
    view,
    ticks,
    bars: trace === undefined ? undefined : barsOf(trace, view, barsMax),
    keys: keysOf(drawing, trace, chosen),
    chosen: trace === undefined || chosen === undefined ? none : trace.names.keys.indexOf(chosen),
    finding,
  });
  const made = { name, sheet, isBinned: ticks === undefined && !isSmall };
  layouts.set(page, made);
  return made;
};

/** The map of a history as it was laid out last, where bins lie under it. */
export const binnedSheet = (page: PageHistory): MapSheet | undefined => {
  const known = layouts.get(page);
  return known?.isBinned === true ? known.sheet : undefined;
};

/** Few keys have all of them a line; of many only those that are named. */
const keysOf = ({ named, keys }: Drawing, trace: Trace | undefined, chosen: string | undefined): readonly MapKey[] => {
  if (trace === undefined) return [];
  const names =
    keys <= keyLinesMax ? trace.names.keys : [...new Set([...(chosen === undefined ? [] : [chosen]), ...named])];
  return names.flatMap((name): readonly MapKey[] => {
    const key = trace.names.keys.indexOf(name);
    return key < 0 ? [] : [{ name, y: trace.keyHash[key] ?? 0, isChosen: name === chosen }];
  });
};

/** The stream map with its legend, and what is said of the thing that is pointed at. */
export const mapView = (inputs: MapInputs): TemplateResult => {
  const { page, drawing, session, onView } = inputs;
  const { sheet, isBinned } = layoutFor(inputs);
  const { width, height, shapes, scale } = sheet;
  const stops = stopsOf(page, drawing);
  const lit = session.lit.get('map') ?? '';
  const { brush } = session;
  return html`<section id="map">
    <div class="section-head"><h2>Stream map</h2><p>${captionOf(drawing, isBinned)}</p>
      <div class="acts">
        <button type="button" class="button" aria-label="Zoom in" @click=${() => onView(zoomed(inputs, 0.5))}>+</button>
        <button type="button" class="button" aria-label="Zoom out" @click=${() => onView(zoomed(inputs, 2))}>−</button>
        <button type="button" class="button" ?disabled=${inputs.view === undefined} @click=${() => onView(undefined)}>Whole</button>
        <button type="button" class="button" @click=${() => saveSvg(mapSvg(), `${page.scenario}-map`)}>Save SVG</button>
        <button type="button" class="button" @click=${() => void savePng(mapSvg(), `${page.scenario}-map`)}>Save PNG</button>
      </div></div>
    <figure role="figure" aria-label="Stream map" aria-details="map-table">
      <p class="only-narrow">Wider than this screen: swipe sideways.</p>
      <div class="scroll"><div class="stack">
        <canvas class="bins" aria-hidden="true" data-binned=${isBinned ? 'true' : 'false'}></canvas>
        <svg class="picture map" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} tabindex="0" role="img"
          aria-label="Time across, hash key down. Arrow keys go from shard to reshard to finding; plus and minus zoom."
          @pointerdown=${(event: PointerEvent) => begin(event, inputs, sheet)}
          @pointermove=${(event: PointerEvent) => move(event, inputs, sheet)}
          @pointerup=${(event: PointerEvent) => end(event, inputs, sheet)}
          @pointerleave=${() => point(inputs, '')}
          @dblclick=${() => onView(undefined)}
          @click=${(event: Event) => click(event, inputs, sheet)}
          @keydown=${(event: KeyboardEvent) => walk(event, inputs, stops)}>
          ${patterns('map')}${shapesView(shapes, lit)}
          ${cursorView(stops[session.cursor], sheet)}
          ${brush === undefined ? nothing : svg`<rect class="brush" x=${Math.min(...brush)} y=${scale.top} width=${Math.abs(brush[1] - brush[0])} height=${scale.bottom - scale.top}/>`}
        </svg></div></div>
      ${legendView(drawing, isBinned)}
      <div class="said-of low">${saidView(inputs, stops, lit)}</div>
    </figure>
    <details class="as-table"><summary>The same as a table: shards, reshards, faults and findings by time</summary>${tableView(stops)}</details>
  </section>`;
};

const mapSvg = (): SVGSVGElement | null => document.querySelector<SVGSVGElement>('#map svg.map');

const captionOf = ({ keys, records, shards }: Drawing, isBinned: boolean): string =>
  `Time across, hash key down. ${countOf(new Set(shards.map(({ shard }) => shard)).size, 'shard')}, ${countOf(keys, 'key')}, ${countOf(records, 'record')}${isBinned ? ', by density; findings are never binned' : ''}. Drag to zoom.`;

const zoomed = ({ view, drawing }: MapInputs, factor: number): readonly [number, number] | undefined => {
  const whole = wholeView(drawing);
  const [from, to] = view ?? whole;
  const [middle, half] = [(from + to) / 2, ((to - from) / 2) * factor];
  const next = [Math.max(whole[0], middle - half), Math.min(whole[1], middle + half)] as const;
  return next[1] - next[0] >= whole[1] - whole[0] - 1 ? undefined : next[1] - next[0] < 20 ? view : next;
};

const xOf = (event: PointerEvent, { width }: MapSheet): number => {
  const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
  return ((event.clientX - box.left) / box.width) * width;
};

const begin = (event: PointerEvent, { session, redraw }: MapInputs, sheet: MapSheet): void => {
  if (event.button !== 0 || event.pointerType === 'touch') return;
  const x = xOf(event, sheet);
  const { left, right } = sheet.scale;
  if (x < left || x > right) return;
  session.brush = [x, x];
  redraw();
};

const move = (event: PointerEvent, inputs: MapInputs, sheet: MapSheet): void => {
  const { session, redraw } = inputs;
  if (session.brush === undefined) {
    point(inputs, refAt(event));
    return;
  }
  const { left, right } = sheet.scale;
  session.brush = [session.brush[0], Math.min(right, Math.max(left, xOf(event, sheet)))];
  redraw();
};

const end = (event: PointerEvent, { session, onView, redraw }: MapInputs, sheet: MapSheet): void => {
  const { brush } = session;
  session.brush = undefined;
  if (brush === undefined) return;
  const [a, b] = [Math.min(...brush), Math.max(...brush)];
  if (b - a < 6) {
    redraw();
    return;
  }
  event.preventDefault();
  onView([Math.max(0, timeAt(sheet.scale, a)), timeAt(sheet.scale, b)]);
};

const point = ({ session, redraw }: MapInputs, ref: string): void => {
  if (session.lit.get('map') === ref) return;
  session.lit.set('map', ref);
  redraw();
};

const click = (
  event: Event,
  { onFinding, onKey, drawing, trace, page, finding, chosenKey }: MapInputs,
  _: MapSheet,
): void => {
  const [kind, number] = refAt(event).split(' ');
  if (kind === 'finding') onFinding(Number(number));
  if (kind !== 'key') return;
  const key = keysOf(drawing, trace, chosenKey ?? page.findings[finding]?.key ?? undefined)[Number(number)];
  if (key !== undefined) onKey(key.name);
};

/** From thing to thing by time; Enter opens a finding or a key. */
const walk = (event: KeyboardEvent, inputs: MapInputs, stops: readonly Stop[]): void => {
  const { session, redraw, onFinding, onView } = inputs;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === '+' || event.key === '=') onView(zoomed(inputs, 0.5));
  else if (event.key === '-') onView(zoomed(inputs, 2));
  else if (event.key === '0' || event.key === 'Escape') {
    session.cursor = -1;
    onView(undefined);
  } else if (event.key === 'Enter') {
    const stop = stops[session.cursor];
    if (stop?.finding !== undefined) onFinding(stop.finding);
  } else if (step !== undefined && stops.length > 0) {
    event.preventDefault();
    session.cursor =
      session.cursor < 0 ? (step > 0 ? 0 : stops.length - 1) : (session.cursor + step + stops.length) % stops.length;
    announce(stops[session.cursor]?.words ?? '');
    redraw();
  }
};

const cursorView = (stop: Stop | undefined, { scale }: MapSheet): unknown => {
  if (stop === undefined) return nothing;
  const [x1, x2] = [
    Math.max(scale.left, scale.x(stop.from)),
    Math.min(scale.right, Math.max(scale.x(stop.to), scale.x(stop.from))),
  ];
  const [y1, y2] = [scale.y(stop.y[0]), scale.y(stop.y[1])];
  return svg`<rect class="cursor" x=${x1 - 5} y=${y1 - 5} width=${Math.max(10, x2 - x1 + 10)} height=${Math.max(10, y2 - y1 + 10)} rx="4"/>`;
};

const saidView = ({ page, session }: MapInputs, stops: readonly Stop[], lit: string): TemplateResult => {
  const [kind, number] = lit.split(' ');
  const pointed =
    kind === 'finding'
      ? page.findings[Number(number)]?.sentence
      : kind === 'key'
        ? 'A click shows the lane of this key.'
        : undefined;
  const words =
    pointed ?? stops[session.cursor]?.words ?? 'Point at a mark, or use the arrow keys: what it is stands here.';
  return html`<p>${words}</p>`;
};

const legendView = ({ reshards, bands, marks, shards }: Drawing, isBinned: boolean): TemplateResult => {
  const glyph = (content: unknown): TemplateResult =>
    html`<svg class="glyph" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${content}</svg>`;
  return html`<figcaption>
    ${isBinned ? html`<span>${glyph(svg`<rect class="bin" x="2" y="2" width="12" height="12"/>`)}acknowledged records; darker: more of them</span>` : html`<span>${glyph(svg`<rect class="tick" x="6.500" y="2" width="3" height="12" rx="1"/>`)}acknowledged; taller: several of one call</span>`}
    ${marks.some(({ isViolation }) => isViolation) ? html`<span>${glyph(svg`<rect class="mark-body violated" x="5" y="1" width="6" height="14" rx="2"/>`)}a finding that violates a claim</span>` : nothing}
    ${marks.some(({ isViolation }) => !isViolation) ? html`<span>${glyph(svg`<rect class="mark-body allowed" x="5" y="1" width="6" height="14" rx="2"/>`)}a finding that nothing forbids</span>` : nothing}
    ${reshards.length > 0 ? html`<span>${glyph(svg`<rect class="band reshard" x="1" y="1" width="14" height="14"/>`)}reshard</span>` : nothing}
    ${bands.length > 0 ? html`<span>${glyph(svg`<rect class="band fault" x="1" y="1" width="14" height="14"/>`)}fault</span>` : nothing}
    ${shards.some(({ closed }) => closed !== null) ? html`<span>${glyph(svg`<path class="shard-end" d="M8 1v14"/>`)}shard closed</span>` : nothing}
    <span>${glyph(svg`<path class="bar" d="M1 8h14"/>`)}a call, from sending to answer</span>
  </figcaption>`;
};

const tableView = (
  stops: readonly Stop[],
): TemplateResult => html`<div class="table-scroll"><table id="map-table"><caption class="vh">What the map shows, by time</caption>
  <thead><tr><th class="number">time</th><th>what</th></tr></thead>
  <tbody>${stops.slice(0, 500).map(({ from, words }) => html`<tr><td class="number">${timeOf(from)}</td><td>${words}</td></tr>`)}</tbody></table></div>`;
