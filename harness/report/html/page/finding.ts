import { html, nothing, type TemplateResult } from 'lit-html';
import { timeOf } from '../../naming.ts';
import type { CatalogueEntry, PageFinding, PageHistory } from '../data.ts';
import { sentenceView } from './sentence.ts';
import { sign } from './signs.ts';

export type FindingInput = {
  readonly page: PageHistory;
  readonly finding: PageFinding;
  readonly index: number;
  readonly entry: CatalogueEntry | undefined;
  readonly onLine: (line: number) => void;
  readonly onFinding: (index: number) => void;
  readonly line: number | undefined;
};

export const isViolation = ({ expect, explainedBy }: PageFinding): boolean =>
  expect === 'forbid' && explainedBy === null;

/** Who is to blame, and what that means. */
export const blames: Readonly<Record<string, string>> = {
  producer: 'the application that writes, or its client library',
  'service-write': 'the service, when it stored',
  'service-read': 'the service, when it was read',
  consumer: 'the application that reads, or its client library',
  harness: 'this tool or its recording',
  'target-deviation': 'known of this engine, and so allowed',
};

/** What is wrong, in one sentence, with who is to blame beside what AWS promised. */
export const findingView = (input: FindingInput): TemplateResult => {
  const { finding, entry, onLine } = input;
  const { anomaly, kind, why, blame, sentence, witness, near, explainedBy } = finding;
  const [quote, cite] = promiseOf(entry?.source ?? '');
  return html`<section id="finding" aria-label="Finding">
    ${switchView(input)}
    <div class="finding">
      <div>
        <p class="lead">
          ${sign(isViolation(finding) ? 'bad' : 'asked')}<span class="claim">${anomaly}</span><span>${why}</span>
          ${blame === null ? nothing : html`<span class=${`tag blame ${isViolation(finding) ? '' : 'calm'}`} title=${blames[blame] ?? ''}>blame: ${blame}</span>`}
          ${kind === null ? nothing : html`<span class="tag">${kind}</span>`}
          ${explainedBy === null ? nothing : html`<span class="tag">explained by ${explainedBy}</span>`}
        </p>
        <p class="say">${sentenceView(sentence, onLine)}</p>
        <p class="near"><span>lines ${witness.map((line, at) => html`${at > 0 ? ', ' : ''}<button type="button" class="link" data-line=${line} @click=${() => onLine(line)}>${line}</button>`)}</span>${near.map((words) => html`<span>near it: ${words}</span>`)}</p>
        ${blame === null ? nothing : html`<p class="near"><span>To blame: ${blame}, ${blames[blame] ?? ''}.</span></p>`}
      </div>
      <blockquote><p>${quote}</p>${cite === '' ? nothing : html`<cite>AWS, ${cite}</cite>`}</blockquote>
    </div>
    ${linesView(input)}
  </section>`;
};

/** The quoted words apart from where they stand. */
export const promiseOf = (source: string): readonly [quote: string, cite: string] => {
  const [, quote, cite] = /^(".*")\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(source) ?? [];
  if (quote === undefined || quote.slice(1, -1).includes('"')) return [source, ''];
  return [`“${quote.slice(1, -1)}”`, cite ?? ''];
};

/** Several findings: one is shown, the others are a step away. */
const switchView = ({ page, index, onFinding }: FindingInput): TemplateResult | typeof nothing => {
  const { findings } = page;
  if (findings.length < 2) return nothing;
  const own = findings[index];
  const violations = findings.filter(isViolation).length;
  const label = ({ anomaly, number, key, expect, explainedBy }: PageFinding): string =>
    `${anomaly}${findings.filter((one) => one.anomaly === anomaly).length > 1 ? ` ${number}` : ''}${key === null ? '' : `, key ${key}`}${explainedBy !== null ? `, explained by ${explainedBy}` : expect === 'forbid' ? '' : `, ${expect === 'report' ? 'reported' : 'allowed'}`}`;
  return html`<div class="switch">
    <h2>Finding ${index + 1} of ${findings.length}</h2>
    <p>${violations} ${violations === 1 ? 'violates' : 'violate'} a claim${violations === findings.length ? '' : ', the others are allowed, reported or explained'}</p>
    <div class="acts">
      <button type="button" class="button" aria-label="Previous finding" ?disabled=${index === 0} @click=${() => onFinding(index - 1)}>‹</button>
      <select aria-label="Finding" @change=${(event: Event) => onFinding(Number((event.target as HTMLSelectElement).value))}>
        ${findings.map((finding, at) => html`<option value=${at} ?selected=${finding === own}>${label(finding)}</option>`)}
      </select>
      <button type="button" class="button" aria-label="Next finding" ?disabled=${index === findings.length - 1} @click=${() => onFinding(index + 1)}>›</button>
    </div>
  </div>`;
};

/** The lines of the witness in words, and what to do about it. */
const linesView = ({ finding, entry, line, page }: FindingInput): TemplateResult => html`<div class="folds">
  ${
    finding.lines.length === 0
      ? nothing
      : html`<details id="lines" ?open=${line !== undefined}><summary>The ${finding.lines.length === 1 ? 'line' : `${finding.lines.length} lines`} of the history that prove it, in words</summary>
      <table class="lines"><thead><tr><th class="number">line</th><th class="number">time</th><th>who</th><th>what</th></tr></thead>
      <tbody>${finding.lines.map((words) => html`<tr id=${`line-${words.line}`} class=${words.line === line ? 'lit' : ''}><td class="number"><b>${words.line}</b></td><td class="number">${timeOf(words.t)}</td><td>${words.who}</td><td>${words.what}</td></tr>`)}</tbody></table>
      <p class="path">of <code>${page.path}</code>${finding.witnessFile === null ? nothing : html`; the smallest history that shows it: <code>${finding.witnessFile}</code>`}</p></details>`
  }
  ${
    entry === undefined || entry.causes.length === 0
      ? nothing
      : html`<details><summary>Usual causes, and what to do</summary><div class="causes">
        <div><h3>Usually it comes from</h3><ul>${entry.causes.map((cause) => html`<li>${cause}</li>`)}</ul></div>
        <div><h3>What to do</h3><ol>${entry.todo.map((step) => html`<li>${step}</li>`)}</ol></div>
      </div></details>`
  }
</div>`;
