import { capital } from '../../../lib/capital.ts';
import { consumerName, countOf, numberOf, shardName, shortSeq, timeOf } from '../../naming.ts';
import type { Subject } from '../../trace/subjects.ts';
import type { Drawing } from '../data.ts';
import { subjectLayout } from '../layout/subject-layout.ts';
import { type Markup, markup } from './markup.ts';
import { sheetView } from './sheet.ts';

/**
 * Applications under test: which worker had which shard when, its checkpoints, and takeovers. Null without
 * applications.
 */
export const subjectsView = ({ subjects, end }: Drawing, id: string): Markup | null =>
  subjects.length === 0
    ? null
    : markup`<section class="subjects"><div class="section-head"><h2>Consumers under test</h2><p>A bar is a worker that was given records of a shard; a flag is a checkpoint.</p></div>
${subjects.map((subject, index) => subjectView(subject, end, `subject-${id}-${index}`))}</section>`;

const rowsMax = 1000;

const subjectView = (subject: Subject, end: number, id: string): Markup => {
  const { group, stretches, marks, done, left } = subject;
  const takeovers = stretches.filter(
    (one, index) =>
      stretches.slice(0, index).findLast(({ shard }) => shard === one.shard)?.worker !== one.worker &&
      stretches.slice(0, index).some(({ shard }) => shard === one.shard),
  ).length;
  const rows = rowsOf(subject);
  const name = capital(consumerName(group));
  return markup`<figure role="figure" aria-label="${name}" aria-details="${id}"><div class="scroll">${sheetView(subjectLayout(subject, end), 'subject', `${name}: shards down, time across`, false)}</div>
<figcaption><span>${countOf(new Set(stretches.map(({ worker }) => worker)).size, 'worker')}</span><span>${countOf(takeovers, 'takeover')}</span><span>${glyph('checkpoint', 'M5 14V3h7l-2 2.500 2 2.500H5')}${countOf(marks.filter(({ event }) => event === 'checkpoint').length, 'checkpoint')}</span>
${done > 0 ? markup`<span>${numberOf(done)} done</span>` : null}<span>${glyph('lost', 'M4 4l8 8M12 4l-8 8')}lost, failed or discarded</span>${left > 0 ? markup`<span>${numberOf(left)} more events are not drawn</span>` : null}</figcaption></figure>
<details class="as-table"><summary>The same as a table</summary><div class="table-scroll"><table id="${id}"><caption class="vh">${name}</caption><thead><tr><th class="number">time</th><th>shard</th><th>worker</th><th>what</th><th class="number">line</th></tr></thead>
<tbody>${rows.slice(0, rowsMax).map(({ t, shard, worker, what, line }) => markup`<tr><td class="number">${timeOf(t)}</td><td>${shardName(shard)}</td><td>${worker}</td><td>${what}</td><td class="number">${line}</td></tr>`)}</tbody></table></div>${rows.length > rowsMax ? markup`<p class="path">${countOf(rows.length - rowsMax, 'more row')} are not shown.</p>` : null}</details>`;
};

const glyph = (look: string, d: string): Markup =>
  markup`<svg class="glyph" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path class="${look}" d="${d}"/></svg>`;

type Row = {
  readonly t: number;
  readonly shard: string;
  readonly worker: string;
  readonly what: string;
  readonly line: number;
};

const rowsOf = ({ stretches, marks }: Subject): readonly Row[] =>
  [
    ...stretches.map(
      ({ from, to, shard, worker, records, firstLine }): Row => ({
        t: from,
        shard,
        worker,
        what: `is given ${countOf(records, 'record')} until ${timeOf(to)}`,
        line: firstLine,
      }),
    ),
    ...marks.map(
      ({ t, shard, worker, event, seq, words, line }): Row => ({
        t,
        shard,
        worker,
        what: [event, seq === null ? '' : shortSeq(seq), words ?? ''].filter((part) => part !== '').join(' '),
        line,
      }),
    ),
  ].toSorted((a, b) => a.t - b.t || a.line - b.line);
