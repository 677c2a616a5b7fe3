import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { RecordPicture } from '../../story/picture.ts';
import type { Sheet } from '../layout/shape.ts';
import { witnessLayout } from '../layout/witness-layout.ts';
import { glyphs, legendOf } from '../legend.ts';
import { shapesView } from './sheet.ts';

const sheets = new WeakMap<RecordPicture, Sheet>();

/** The picture of a lane, drawn like a witness. Listeners find its records in its table. */
export const pictureView = (picture: RecordPicture, id: string, file: string): TemplateResult => {
  const known = sheets.get(picture) ?? witnessLayout(picture);
  sheets.set(picture, known);
  const { width, height, shapes } = known;
  return html`<section class="witness" data-file=${file}>
<figure role="figure" aria-label=${picture.title} aria-details=${`${id}-table`}>
<div class="scroll"><svg class="picture" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} tabindex="0" role="img" aria-label=${`${picture.title}. Arrow keys go from record to record.`}>${shapesView(shapes)}</svg></div>
<figcaption>${legendOf(picture).map(({ form, words }) => html`<span>${glyph(glyphs[form])}${words}</span>`)}<span class="acts">${saveButtons}</span></figcaption>
<div class="said-of" data-first=${picture.records.findIndex(({ role }) => role === 'late')}></div></figure>
<details class="as-table"><summary>The same as a table</summary><div class="table-scroll"><table id=${`${id}-table`}><thead><tr><th>record</th><th>what became of it</th><th>shard</th><th>sequence number</th></tr></thead>
<tbody>${picture.records.map(({ name, role, story, shard, seq }, record) => html`<tr class=${role} data-record=${record}><th scope="row">${name}</th><td>${story.join('; ')}</td><td>${shard ?? 'not stored'}</td><td class="seq">${seq ?? nothing}</td></tr>`)}</tbody></table></div></details></section>`;
};

export const saveButtons = html`<button type="button" class="button" data-save="svg">Save SVG</button><button type="button" class="button" data-save="png">Save PNG</button>`;

export const glyph = (paths: readonly (readonly [look: string, d: string])[]): TemplateResult =>
  html`<svg class="glyph" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${paths.map(([look, d]) => svg`<path class=${look} d=${d}/>`)}</svg>`;
