import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { none, type Trace } from '../../trace/trace.ts';
import type { Drawing, ScriptHistory, Stop } from '../data.ts';
import { type MapSheet, mapLayout } from '../layout/map-layout.ts';
import { type MapKey, timeAt } from '../layout/scale.ts';
import { barsOf, ticksOf } from '../layout/ticks.ts';
import { announce } from './announce.ts';
import type { Session } from './session.ts';
import { refAt, shapesView } from './sheet.ts';
import { glyph, saveButtons } from './witness.ts';

export type MapInputs = {
  readonly page: ScriptHistory;
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

/** The time range of the map before zooming. */
export const wholeView = ({ span }: Drawing): readonly [number, number] => span;

const layouts = new WeakMap<
  ScriptHistory,
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

/** The newest layout of the map of a history, if bins lie below it. */
export const binnedSheet = (page: ScriptHistory): MapSheet | undefined => {
  const known = layouts.get(page);
  return known?.isBinned === true ? known.sheet : undefined;
};

/** The keys with a line: all if there are few, otherwise the chosen one and the named ones. */
const keysOf = ({ named, keys }: Drawing, trace: Trace | undefined, chosen: string | undefined): readonly MapKey[] => {
  if (trace === undefined) return [];
  const names =
    keys <= keyLinesMax ? trace.names.keys : [...new Set([...(chosen === undefined ? [] : [chosen]), ...named])];
  return names.flatMap((name): readonly MapKey[] => {
    const key = trace.names.keys.indexOf(name);
    return key < 0 ? [] : [{ name, y: trace.keyHash[key] ?? 0, isChosen: name === chosen }];
  });
};

/** The stream map with its legend, and a description of what the pointer or the cursor is on. */
export const mapView = (inputs: MapInputs): TemplateResult => {
  const { page, drawing, session, onView } = inputs;
  const { sheet, isBinned } = layoutFor(inputs);
  const { width, height, shapes, scale } = sheet;
  const { stops } = drawing;
  const lit = session.lit.get('map') ?? '';
  const { brush } = session;
  return html`<section class="map-section" data-file=${`${page.title}-map`}>
    <div class="section-head"><h2>Stream map</h2><p>Time across, hash key down. ${drawing.counts}${isBinned ? ', by density; findings are never binned' : ''}. Drag to zoom.</p>
      <div class="acts">
        <button type="button" class="button" aria-label="Zoom in" @click=${() => onView(zoomed(inputs, 0.5))}>+</button>
        <button type="button" class="button" aria-label="Zoom out" @click=${() => onView(zoomed(inputs, 2))}>−</button>
        <button type="button" class="button" ?disabled=${inputs.view === undefined} @click=${() => onView(undefined)}>Whole</button>
        ${saveButtons}
      </div></div>
    <figure role="figure" aria-label="Stream map" aria-details=${`map-table-${page.id}`}>
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
          <defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v7"></path></pattern></defs>${shapesView(shapes, lit)}
          ${cursorView(stops[session.cursor], sheet)}
          ${brush === undefined ? nothing : svg`<rect class="brush" x=${Math.min(...brush)} y=${scale.top} width=${Math.abs(brush[1] - brush[0])} height=${scale.bottom - scale.top}/>`}
        </svg></div></div>
      ${legendView(drawing, isBinned)}
      <div class="said-of low">${focusView(inputs, stops, lit)}</div>
    </figure>
  </section>`;
};

const zoomed = ({ view, drawing }: MapInputs, factor: number): readonly [number, number] | undefined => {
  const whole = [0, drawing.end] as const;
  const [from, to] = view ?? wholeView(drawing);
  const [middle, half] = [(from + to) / 2, ((to - from) / 2) * factor];
  const next = [Math.max(whole[0], middle - half), Math.min(whole[1], middle + half)] as const;
  return next[1] - next[0] < 20 ? view : next;
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

/** Arrow keys go from stop to stop by time. Enter opens a finding; `+`, `-` and `0` change the zoom. */
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

const focusView = ({ session }: MapInputs, stops: readonly Stop[], lit: string): TemplateResult => {
  const [kind, number] = lit.split(' ');
  const pointed =
    kind === 'finding'
      ? stops.find(({ finding }) => finding === Number(number))?.words
      : kind === 'key'
        ? 'A click shows the lane of this key.'
        : undefined;
  return html`<p>${pointed ?? stops[session.cursor]?.words ?? 'Point at a mark, or use the arrow keys: what it is stands here.'}</p>`;
};

const legendView = ({ reshards, bands, marks, shards }: Drawing, isBinned: boolean): TemplateResult => {
  const signs: readonly (readonly [boolean, string, string, string])[] = [
    [isBinned, 'bin', 'M2 2h12v12h-12z', 'acknowledged records; darker: more of them'],
    [!isBinned, 'tick', 'M6.5 2h3v12h-3z', 'acknowledged; taller: several of one call'],
    [
      marks.some(({ isViolation }) => isViolation),
      'mark-body violated',
      'M5 1h6v14h-6z',
      'a finding that violates a claim',
    ],
    [
      marks.some(({ isViolation }) => !isViolation),
      'mark-body allowed',
      'M5 1h6v14h-6z',
      'a finding that nothing forbids',
    ],
    [reshards.length > 0, 'band reshard', 'M1 1h14v14h-14z', 'reshard'],
    [bands.length > 0, 'band fault', 'M1 1h14v14h-14z', 'fault'],
    [shards.some(({ closed }) => closed !== null), 'shard-end', 'M8 1v14', 'shard closed'],
    [true, 'bar', 'M1 8h14', 'a call, from sending to answer'],
  ];
  return html`<figcaption>${signs.filter(([isThere]) => isThere).map(([, look, d, words]) => html`<span>${glyph([[look, d]])}${words}</span>`)}</figcaption>`;
};
