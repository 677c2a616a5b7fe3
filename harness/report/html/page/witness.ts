import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit-html';
import { plain, recordText, textWidth, topologyText } from '../../drawing/picture-text.ts';
import type { Form, Picture, RecordPicture } from '../../story/picture.ts';
import type { Sheet } from '../layout/shape.ts';
import { topologyLayout } from '../layout/topology-layout.ts';
import { witnessLayout } from '../layout/witness-layout.ts';
import { announce } from './announce.ts';
import { copyButton } from './copy.ts';
import { savePng, saveSvg } from './export.ts';
import { refAt, shapesView } from './sheet.ts';

export type WitnessInput = {
  readonly picture: Picture;
  /** Names its elements: several pictures may stand in a page. */
  readonly id: string;
  readonly heading: string;
  readonly file: string;
  readonly lit: string;
  readonly onLit: (ref: string) => void;
};

const sheets = new WeakMap<Picture, Sheet>();
const sheetOf = (picture: Picture): Sheet => {
  const known = sheets.get(picture);
  if (known !== undefined) return known;
  const made = picture.kind === 'records' ? witnessLayout(picture) : topologyLayout(picture);
  sheets.set(picture, made);
  return made;
};

/** A picture of records, or of lists of shards, with its legend, what is said of the record that is lit, and the same as a table. */
export const witnessView = (input: WitnessInput): TemplateResult => {
  const { picture, id, heading, file } = input;
  const { width, height, shapes } = sheetOf(picture);
  const lit = input.lit;
  return html`<section class="witness" id=${id}>
    <div class="section-head"><h2>${heading}</h2><p>${captionOf(picture)}</p>
      <div class="acts">
        ${copyButton(() => textOf(picture), 'Copy as text')}
        <button type="button" class="button" @click=${() => saveSvg(svgIn(id), file)}>Save SVG</button>
        <button type="button" class="button" @click=${() => void savePng(svgIn(id), file)}>Save PNG</button>
      </div></div>
    <figure role="figure" aria-label=${picture.title} aria-details=${`${id}-table`}>
      <p class="only-narrow">Wider than this screen: swipe sideways.</p>
      <div class="scroll"><svg class=${`picture ${lit === '' ? '' : 'has-lit'}`} viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} tabindex="0" role="img" aria-label=${`${picture.title}. ${picture.kind === 'records' ? 'Arrow keys go from record to record.' : ''}`}
        @pointermove=${(event: PointerEvent) => input.onLit(refAt(event))} @pointerleave=${() => input.onLit('')}
        @keydown=${(event: KeyboardEvent) => walk(event, input)}>
        ${patterns(id)}${shapesView(shapes, lit)}</svg></div>
      ${picture.kind === 'records' ? legendView(picture) : nothing}
      <div class="said-of">${picture.kind === 'records' ? recordView(picture, lit) : html`<p>${picture.faults.map(({ words }) => words).join(' ')}</p>`}</div>
    </figure>
    <details class="as-table"><summary>The same as a table, with whole sequence numbers</summary>${tableView(picture, `${id}-table`)}</details>
  </section>`;
};

const svgIn = (id: string): SVGSVGElement | null =>
  document.querySelector<SVGSVGElement>(`#${CSS.escape(id)} svg.picture`);

export const patterns = (id: string): SVGTemplateResult => svg`<defs>
  <pattern id=${`${id}-hatch`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v7"/></pattern>
</defs>`;

const captionOf = (picture: Picture): string => {
  if (picture.kind === 'topology') return 'Hash keys down; what does not fit is hatched.';
  const folded = picture.folds.reduce((sum, { count }) => sum + count, 0);
  const { records, tracks } = picture;
  const what =
    tracks[0]?.kind === 'stored' ? 'of the shard' : picture.letters.length > 0 ? 'of these keys' : 'of the key';
  return `${(records.length + folded).toLocaleString('en-US')} ${records.length + folded === 1 ? 'record' : 'records'} ${what}, in the order of each track.${folded > 0 ? ` ${folded.toLocaleString('en-US')} that kept their order are folded.` : ''} Lines join the tracks where the order differs.`;
};

/** Left and right go from record to record; Escape lets go. */
const walk = (event: KeyboardEvent, { picture, lit, onLit }: WitnessInput): void => {
  if (picture.kind !== 'records') return;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') onLit('');
  if (step === undefined) return;
  event.preventDefault();
  const at =
    lit === ''
      ? step > 0
        ? 0
        : picture.records.length - 1
      : (Number(lit) + step + picture.records.length) % picture.records.length;
  onLit(String(at));
  const record = picture.records[at];
  if (record !== undefined) announce(`${record.name}: ${record.story.join('; ')}`);
};

/** What became of the record that is lit; of none: of the one that is wrong. */
const recordView = ({ records }: RecordPicture, lit: string): TemplateResult => {
  const record =
    records[Number(lit)] !== undefined && lit !== ''
      ? records[Number(lit)]
      : records.find(({ role }) => role === 'late');
  if (record === undefined) return html`<p>Point at a mark: what became of its record is said here.</p>`;
  return html`<b>${record.name}</b><p>${record.story.join(' · ')}</p>
    <span>${record.shard ?? 'not stored'}</span><code>${record.seq ?? ''}</code>`;
};

const signs: readonly (readonly [Form, string])[] = [
  ['sent', 'sent'],
  ['again', 'sent again'],
  ['refused', 'refused'],
  ['unknown', 'outcome unknown'],
  ['acknowledged', 'acknowledged'],
  ['stored', 'stored'],
  ['copy', 'a second copy'],
  ['unread', 'acknowledged, read by nobody'],
  ['delivered', 'delivered'],
  ['redelivered', 'delivered again'],
  ['missing', 'should be here'],
];

const glyphs: Readonly<Record<Form, SVGTemplateResult>> = {
  sent: svg`<circle class="mark neighbour full" cx="8" cy="8" r="5.5"/>`,
  again: svg`<circle class="mark late open" cx="8" cy="8" r="5.5"/>`,
  refused: svg`<path class="cross late open" d="M4 4l8 8M12 4l-8 8"/>`,
  unknown: svg`<circle class="mark neighbour open" cx="8" cy="8" r="5.5"/><path class="question" d="M6.6 6.6q.2-1.5 1.5-1.5 1.4 0 1.4 1.3 0 .8-.9 1.3-.5.4-.5 1.1M8.1 10.6v.2"/>`,
  acknowledged: svg`<circle class="mark neighbour open" cx="8" cy="8" r="5.5"/>`,
  stored: svg`<rect class="mark neighbour full" x="2.5" y="2.5" width="11" height="11" rx="2"/>`,
  copy: svg`<rect class="mark neighbour open" x="1.5" y="1.5" width="13" height="13" rx="3"/><rect class="mark neighbour full" x="4" y="4" width="8" height="8" rx="1.5"/>`,
  unread: svg`<rect class="mark neighbour dashed" x="2.5" y="2.5" width="11" height="11" rx="2"/>`,
  delivered: svg`<path class="mark neighbour open" d="M2.5 2.5h11v7l-5.500 4-5.500-4z"/>`,
  redelivered: svg`<path class="mark neighbour open" d="M1.500 1.500h13v8.500l-6.500 5-6.500-5z"/><path class="mark neighbour open" d="M4 4h8v5l-4 3-4-3z"/>`,
  missing: svg`<rect class="mark late dashed" x="2.5" y="2.5" width="11" height="11" rx="4"/>`,
};

const legendView = ({ tracks, links, crossings, letters }: RecordPicture): TemplateResult => {
  const forms = new Set(tracks.flatMap(({ marks }) => marks.map(({ form }) => form)));
  return html`<figcaption>
    ${signs.filter(([form]) => forms.has(form)).map(([form, words]) => html`<span><svg class="glyph" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${glyphs[form]}</svg>${words}</span>`)}
    ${crossings > 0 && links.some(({ kind }) => kind === 'moved') ? html`<span><svg class="glyph" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle class="crossing" cx="8" cy="8" r="3.2"/></svg>two records change places</span>` : nothing}
    ${letters.map(([letter, name]) => html`<span><b>${letter}</b>${name}</span>`)}
    <span><b>line 9</b>in bold: of the witness</span>
  </figcaption>`;
};

const tableView = (picture: Picture, id: string): TemplateResult =>
  picture.kind === 'records'
    ? html`<div class="table-scroll"><table id=${id}><caption class="vh">${picture.title}</caption><thead><tr><th>record</th><th>what became of it</th><th>shard</th><th>sequence number</th></tr></thead>
        <tbody>${picture.records.map(({ name, role, story, shard, seq }) => html`<tr class=${role}><th scope="row">${name}${role === 'late' ? html` <span class="vh">(the record that is wrong)</span>` : nothing}</th><td>${story.join('; ')}</td><td>${shard ?? ''}</td><td class="seq">${seq ?? ''}</td></tr>`)}</tbody></table></div>`
    : html`<div class="table-scroll"><table id=${id}><caption class="vh">${picture.title}</caption><thead><tr><th>list</th><th>shard</th><th>hash keys</th><th>what it says</th></tr></thead>
        <tbody>${picture.columns.flatMap(({ title, shards }) => shards.map(({ name, parts, words }) => html`<tr><th scope="row">${title}</th><td>${name}</td><td>${percent(parts[0])} to ${percent(parts[1])}</td><td>${words}</td></tr>`))}</tbody></table></div>`;

const percent = (part: number): string => `${Number((part * 100).toFixed(2))} %`;

export const textOf = (picture: Picture): string => {
  const width = picture.kind === 'records' ? Math.max(100, textWidth(picture)) : 100;
  const lines = picture.kind === 'records' ? recordText(picture, width, plain) : topologyText(picture, width, plain);
  return [picture.title, picture.subtitle, '', ...lines].join('\n');
};
