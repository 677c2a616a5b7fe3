import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { countOf, shardName, shortSeq, timeOf } from '../../naming.ts';
import type { Subject } from '../../trace/subjects.ts';
import type { Drawing } from '../data.ts';
import { subjectLayout } from '../layout/subject-layout.ts';
import { shapesView } from './sheet.ts';

/** Applications under test: which worker had which shard when, what it checkpointed, where another one took over. */
export const subjectsView = (drawing: Drawing): TemplateResult | typeof nothing => {
  const { subjects } = drawing;
  if (subjects.length === 0) return nothing;
  return html`<section id="subjects">
    <div class="section-head"><h2>Consumers under test</h2><p>A bar is a worker that was given records of a shard; a flag is a checkpoint.</p></div>
    ${subjects.map((subject) => subjectView(subject, drawing))}
  </section>`;
};

const subjectView = (subject: Subject, { end }: Drawing): TemplateResult => {
  const { width, height, shapes } = subjectLayout(subject, end);
  const id = `subject-${subject.group.replaceAll(/[^\w-]/g, '_')}`;
  const takeovers = subject.stretches.filter((one, index) =>
    subject.stretches.slice(0, index).some((before) => before.shard === one.shard && before.worker !== one.worker),
  ).length;
  return html`<figure role="figure" aria-label=${`Consumer ${subject.group}`} aria-details=${id}>
    <div class="scroll"><svg class="picture subject" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} role="img" aria-label=${`Consumer ${subject.group}: shards down, time across`}>${shapesView(shapes, '')}</svg></div>
    <figcaption>
      <span>${countOf(new Set(subject.stretches.map(({ worker }) => worker)).size, 'worker')}</span><span>${countOf(takeovers, 'takeover')}</span>
      <span>${countOf(subject.marks.filter(({ event }) => event === 'checkpoint').length, 'checkpoint')}</span>
      ${subject.done > 0 ? html`<span>${subject.done.toLocaleString('en-US')} done</span>` : nothing}
      <span><svg class="glyph" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${svg`<path class="checkpoint" d="M5 14V3h7l-2 2.500 2 2.500H5"/>`}</svg>checkpoint</span>
      <span><svg class="glyph" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${svg`<path class="lost" d="M4 4l8 8M12 4l-8 8"/>`}</svg>lost, failed or discarded</span>
      ${subject.left > 0 ? html`<span>${subject.left.toLocaleString('en-US')} more events are not drawn</span>` : nothing}
    </figcaption>
    <details class="as-table"><summary>The same as a table</summary><div class="table-scroll"><table id=${id}><caption class="vh">Consumer ${subject.group}</caption>
      <thead><tr><th class="number">time</th><th>shard</th><th>worker</th><th>what</th><th class="number">line</th></tr></thead>
      <tbody>${rowsOf(subject)
        .slice(0, 1000)
        .map(
          ({ t, shard, worker, what, line }) =>
            html`<tr><td class="number">${timeOf(t)}</td><td>${shardName(shard)}</td><td>${worker}</td><td>${what}</td><td class="number">${line}</td></tr>`,
        )}</tbody></table></div></details>
  </figure>`;
};

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
