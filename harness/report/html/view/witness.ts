import { plain, recordText, textWidth, topologyText } from '../../drawing/picture-text.ts';
import { numberOf } from '../../naming.ts';
import type { Form, Picture, RecordPicture, TopologyPicture } from '../../story/picture.ts';
import { topologyLayout } from '../layout/topology-layout.ts';
import { witnessLayout } from '../layout/witness-layout.ts';
import { glyphs, legendOf } from '../legend.ts';
import { type Markup, markup } from './markup.ts';
import { sheetView } from './sheet.ts';

/**
 * A picture with its legend, what happened to the wrong record, and the same as a table and as text. `isCalm`: nothing
 * forbids what it shows, so nothing in it is red.
 */
export const witnessView = (picture: Picture, id: string, file: string, isCalm: boolean): Markup => {
  const isRecords = picture.kind === 'records';
  const label = `${picture.title}.${isRecords ? ' Arrow keys go from record to record.' : ''}`;
  return markup`<section class="witness${isCalm ? ' calm' : ''}" id="${id}" data-file="${file}">
<div class="section-head"><h2>Witness</h2><p>${captionOf(picture)}</p>
<div class="acts"><button type="button" class="button" data-copy-of="${id}-text">Copy as text</button><button type="button" class="button" data-save="svg">Save SVG</button><button type="button" class="button" data-save="png">Save PNG</button></div></div>
<figure role="figure" aria-label="${picture.title}" aria-details="${id}-table"><p class="only-narrow">Wider than this screen: swipe sideways.</p>
<div class="scroll">${sheetView(isRecords ? witnessLayout(picture) : topologyLayout(picture), '', label, isRecords)}</div>
${isRecords ? legendView(picture) : null}${isRecords ? firstRecordView(picture) : null}</figure>
<details class="as-table"><summary>The same as a table, with whole sequence numbers</summary>${isRecords ? recordTable(picture, `${id}-table`) : topologyTable(picture, `${id}-table`)}</details>
<details class="as-table as-text"><summary>The same as text</summary><pre id="${id}-text">${textOf(picture)}</pre></details>
</section>`;
};

export const captionOf = (picture: Picture): string => {
  if (picture.kind === 'topology') return 'Hash keys down.';
  const folded = picture.folds.reduce((sum, { count }) => sum + count, 0);
  const { records, tracks, letters } = picture;
  const what = tracks[0]?.kind === 'stored' ? 'of the shard' : letters.length > 0 ? 'of these keys' : 'of the key';
  const count = records.length + folded;
  const fold = folded > 0 ? ` ${numberOf(folded)} that kept their order are folded.` : '';
  return `${numberOf(count)} ${count === 1 ? 'record' : 'records'} ${what}, in the order of each track.${fold} Lines join the tracks where the order differs.`;
};

const legendView = (picture: RecordPicture): Markup =>
  markup`<figcaption>${legendOf(picture).map(({ form, words }) => markup`<span>${glyph(form)}${words}</span>`)}${picture.letters.map(([letter, name]) => markup`<span><b>${letter}</b>${name}</span>`)}<span><b>line 9</b>in bold: of the witness</span></figcaption>`;

const glyph = (form: Form | 'crossing'): Markup =>
  markup`<svg class="glyph" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${glyphs[form].map(([look, d]) => markup`<path class="${look}" d="${d}"/>`)}</svg>`;

const firstRecordView = ({ records }: RecordPicture): Markup => {
  const late = records.findIndex(({ role }) => role === 'late');
  const record = records[late];
  return markup`<div class="said-of" data-first="${late}">${record === undefined ? markup`<p>Point at a mark: what became of its record is said here.</p>` : markup`<b>${record.name}</b><p>${record.story.join(' · ')}</p><span>${record.shard ?? 'not stored'}</span><code>${record.seq ?? ''}</code>`}</div>`;
};

const recordTable = (picture: RecordPicture, id: string): Markup => {
  const linesOf = (record: number): string =>
    [
      ...new Set(
        picture.tracks.flatMap(({ marks }) =>
          marks.filter((mark) => mark.record === record && mark.line > 0).map(({ line }) => line),
        ),
      ),
    ].join(' ');
  return markup`<div class="table-scroll"><table id="${id}"><caption class="vh">${picture.title}</caption><thead><tr><th>record</th><th>what became of it</th><th>shard</th><th>sequence number</th></tr></thead>
<tbody>${picture.records.map(({ name, role, story, shard, seq }, record) => markup`<tr class="${role}" data-record="${record}" data-lines="${linesOf(record)}"><th scope="row">${name}${role === 'late' ? markup`<span class="vh"> (the record that is wrong)</span>` : null}</th><td>${story.join('; ')}</td><td>${shard ?? 'not stored'}</td><td class="seq">${seq ?? ''}</td></tr>`)}</tbody></table></div>`;
};

const topologyTable = ({ columns, title }: TopologyPicture, id: string): Markup =>
  markup`<div class="table-scroll"><table id="${id}"><caption class="vh">${title}</caption><thead><tr><th>list</th><th>shard</th><th>hash keys</th><th>what it says</th></tr></thead>
<tbody>${columns.flatMap((column) => column.shards.map(({ name, parts, words }) => markup`<tr><th scope="row">${column.title}</th><td>${name}</td><td>${percent(parts[0])} to ${percent(parts[1])}</td><td>${words}</td></tr>`))}</tbody></table></div>`;

const percent = (part: number): string => `${Number((part * 100).toFixed(2))} %`;

const textOf = (picture: Picture): string => {
  const width = picture.kind === 'records' ? Math.max(100, textWidth(picture)) : 100;
  const lines = picture.kind === 'records' ? recordText(picture, width, plain) : topologyText(picture, width, plain);
  return [picture.title, picture.subtitle, '', ...lines].join('\n');
};
