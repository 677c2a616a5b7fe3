import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { countOf, numberOf } from '../../naming.ts';
import { choose } from '../../story/choose.ts';
import { type LaneRecord, lanesOf } from '../../story/lane.ts';
import { moved as movedOf } from '../../story/moved.ts';
import type { RecordPicture, Role } from '../../story/picture.ts';
import { recordPicture } from '../../story/record-picture.ts';
import { none, type Trace } from '../../trace/trace.ts';
import type { Drawing, ScriptHistory } from '../data.ts';
import type { Session } from './session.ts';
import { pictureView } from './witness.ts';

export type LanesInput = {
  readonly page: ScriptHistory;
  readonly drawing: Drawing;
  readonly trace: Trace | undefined;
  readonly session: Session;
  readonly chosenKey: string | undefined;
  readonly n: number | undefined;
  readonly onKey: (key: string | undefined, n?: number) => void;
  readonly redraw: () => void;
};

const columns = 14;
const namesMax = 1000;

/** The lane of the chosen key: the same tracks as a witness. */
export const lanesView = (input: LanesInput): TemplateResult | typeof nothing => {
  const { drawing, trace, chosenKey, onKey, session, page } = input;
  if (drawing.trace === null) return nothing;
  const broken = session.broken.get(page.id);
  return html`<section class="lanes">
    <div class="section-head"><h2>Key lanes</h2><p>Choose a key: what was sent, acknowledged, stored and delivered, record by record.</p></div>
    <div class="chooser">
      ${drawing.named.map((key) => html`<button type="button" class="tag" aria-pressed=${key === chosenKey ? 'true' : 'false'} @click=${() => onKey(key === chosenKey ? undefined : key)}>${key}</button>`)}
      <label><span class="vh">Another key</span><input type="search" list="keys" placeholder=${`One of ${numberOf(drawing.keys)} keys`} .value=${chosenKey === undefined || drawing.named.includes(chosenKey) ? '' : chosenKey}
        @change=${(event: Event) => onKey((event.target as HTMLInputElement).value || undefined)}></label>
      <datalist id="keys">${(trace?.names.keys ?? []).slice(0, namesMax).map((key) => html`<option value=${key}></option>`)}</datalist>
    </div>
    ${broken === undefined ? nothing : html`<p class="notice">The records could not be unpacked: ${broken}.</p>`}
    ${chosenKey === undefined ? nothing : trace === undefined ? html`<p class="empty">Unpacking ${countOf(drawing.records, 'record')} …</p>` : laneView(input, trace, chosenKey)}
  </section>`;
};

const laneView = (input: LanesInput, trace: Trace, key: string): TemplateResult => {
  const id = trace.names.keys.indexOf(key);
  const flows = [...trace.flows.key.keys()].filter((flow) => trace.flows.key[flow] === id);
  if (id < 0 || flows.length === 0) {
    const why =
      input.drawing.trace?.isWhole === false ? ' Only keys of findings are in this file; the others are counted.' : '';
    return html`<p class="empty">No record of the key ${key}.${why}</p>`;
  }
  return html`${flows.slice(0, 4).map((flow) => flowView(input, trace, flow))}
    ${flows.length > 4 ? html`<p class="empty">${countOf(flows.length - 4, 'more producer')} of this key.</p>` : nothing}`;
};

const flowView = (input: LanesInput, trace: Trace, flow: number): TemplateResult => {
  const { page, session, n, onKey, chosenKey } = input;
  const name = `${page.id} ${flow}`;
  const known = session.lanes.get(name);
  const lane = known ?? lanesOf(trace, new Set([flow]));
  if (known === undefined) session.lanes.set(name, lane);
  const late = movedOf(lane);
  const at =
    n === undefined
      ? 0
      : Math.max(
          0,
          lane.findIndex((record) => record.n === n),
        );
  const isLate = late.includes(at) && n !== undefined;
  const picture = pictureFor(input, { trace, lane, at, isLate, name });
  const producer = trace.names.producers[trace.flows.producer[flow] ?? none];
  const to = (index: number): void => onKey(chosenKey, lane[Math.max(0, Math.min(lane.length - 1, index))]?.n);
  return html`<div class="lane">
    ${stripView(lane, late, at, to)}
    <div class="lane-nav">
      <span>${producer === undefined ? '' : `${producer}: `}${countOf(lane.length, 'record')}, ${late.length === 0 ? 'stored in order' : `${numberOf(late.length)} out of order`}</span>
      <button type="button" class="button" ?disabled=${at <= 0} @click=${() => to(at - columns + 2)}>‹ Earlier</button>
      <button type="button" class="button" ?disabled=${at + columns >= lane.length} @click=${() => to(at + columns - 2)}>Later ›</button>
      ${late.slice(0, 8).map((index) => html`<button type="button" class="tag late" aria-pressed=${index === at && isLate ? 'true' : 'false'} @click=${() => to(index)}>#${lane[index]?.n ?? '?'}</button>`)}
      ${late.length > 8 ? html`<span>and ${late.length - 8} more</span>` : nothing}
    </div>
    ${pictureView(picture, `lane-${page.id}-${flow}`, `${page.title}-${chosenKey ?? ''}`)}
  </div>`;
};

const pictures = new Map<string, RecordPicture>();

type Asked = {
  readonly trace: Trace;
  readonly lane: readonly LaneRecord[];
  /** The first record that is shown, or the one that is out of order. */
  readonly at: number;
  readonly isLate: boolean;
  readonly name: string;
};

const pictureFor = (
  { drawing, page, chosenKey = '' }: LanesInput,
  { trace, lane, at, isLate, name }: Asked,
): RecordPicture => {
  const cached = `${name} ${at} ${isLate}`;
  const known = pictures.get(cached);
  if (known !== undefined) return known;
  const first = Math.max(0, Math.min(at, lane.length - columns));
  const window = [...lane.keys()].slice(first, first + columns);
  const named = isLate ? [at, ...overtakers(lane, at).slice(0, 1)] : [];
  const choice = isLate
    ? choose(lane, named, columns)
    : { kept: window, folded: [], goesOn: [first > 0, first + columns < lane.length] as const };
  const picked = [...choice.kept, ...choice.folded].sort((a, b) => a - b);
  const made = recordPicture({
    trace,
    records: picked.map((index) => lane[index] as LaneRecord),
    folded: new Set(choice.folded.map((index) => picked.indexOf(index))),
    roles: new Map<number, Role>(named.map((index, order) => [picked.indexOf(index), order === 0 ? 'late' : 'other'])),
    readers: [...trace.names.readers.keys()]
      .toSorted((a, b) => rank(drawing, trace, a) - rank(drawing, trace, b))
      .slice(0, 4),
    isFinal: (reader) => drawing.roles[trace.names.readers[reader] ?? ''] === 'final',
    hasPuts: trace.calls.t.length > 0,
    kinds: ['sent', 'acknowledged', 'stored', 'delivered'],
    faultOf: () => null,
    witness: new Set(),
    title: isLate
      ? `#${lane[at]?.n ?? ''} is stored behind records that were handed over after it`
      : `Records ${lane[first]?.n ?? ''} to ${lane[window.at(-1) ?? 0]?.n ?? ''} of ${chosenKey}`,
    subtitle: `key ${chosenKey} · ${page.title}${page.run === '' ? '' : ` · run ${page.run}`}`,
    foot: '',
    goesOn: choice.goesOn,
  });
  pictures.set(cached, made);
  return made;
};

const rank = ({ roles }: Drawing, { names }: Trace, reader: number): number =>
  ({ final: 0, live: 1, subject: 2 })[roles[names.readers[reader] ?? ''] ?? 'live'] ?? 3;

/** Indexes of records with a larger number that were stored before record `at`. */
const overtakers = (lane: readonly LaneRecord[], at: number): readonly number[] => {
  const place = lane[at]?.places[0] ?? none;
  return [...lane.keys()].filter((index) => index > at && (lane[index]?.places[0] ?? Number.POSITIVE_INFINITY) < place);
};

const stripWidth = 1060;
const stripsMax = 3000;

/** The whole lane in one strip. Lines of records that are out of order cross. A click goes to a record. */
const stripView = (
  lane: readonly LaneRecord[],
  late: readonly number[],
  at: number,
  to: (index: number) => void,
): TemplateResult => {
  const x = (index: number): number => 16 + (index / Math.max(1, lane.length - 1)) * (stripWidth - 32);
  const places = [...lane.keys()]
    .filter((index) => (lane[index]?.places.length ?? 0) > 0)
    .sort((a, b) => (lane[a]?.places[0] ?? 0) - (lane[b]?.places[0] ?? 0));
  const rankOf = new Map(places.map((index, position) => [index, position]));
  const every = lane.length <= stripsMax ? [...lane.keys()] : late;
  const lateSet = new Set(late);
  const window = [x(at), x(Math.min(lane.length - 1, at + columns - 1))] as const;
  return html`<svg class="strip" viewBox=${`0 0 ${stripWidth} 52`} role="img" aria-label="The whole lane: handed over above, stored below; lines cross where the order differs."
    @click=${(event: MouseEvent) => {
      const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
      to(
        Math.round(
          ((((event.clientX - box.left) / box.width) * stripWidth - 16) / (stripWidth - 32)) * (lane.length - 1),
        ),
      );
    }}>
    <rect class="strip-window" x=${window[0] - 4} y="2" width=${Math.max(8, window[1] - window[0] + 8)} height="48" rx="4"></rect>
    ${every.map((index) => {
      const position = rankOf.get(index);
      if (position === undefined) return svg`<path class="strip-lost" d=${`M${x(index)},6 v9`}/>`;
      return svg`<path class=${lateSet.has(index) ? 'strip-line late' : 'strip-line'} d=${`M${x(index)},6 v8 L${x(position)},38 v8`}/>`;
    })}
  </svg>`;
};
