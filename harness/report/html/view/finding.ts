import { sourceHeading } from '../../../model/claim-source.ts';
import { isViolation } from '../../../model/verdict.ts';
import { timeOf } from '../../naming.ts';
import type { CatalogueEntry, PageFinding, PageHistory } from '../data.ts';
import { type Markup, markup, type Part } from './markup.ts';
import { sign } from './signs.ts';
import { witnessView } from './witness.ts';

type Catalogue = Readonly<Record<string, CatalogueEntry>>;

/** The meaning of each value of `blame`. */
const blames: Readonly<Record<string, string>> = {
  producer: 'the application that writes, or its client library',
  'service-write': 'the service, when it stored',
  'service-read': 'the service, when it was read',
  consumer: 'the application that reads, or its client library',
  harness: 'this tool or its recording',
  'target-deviation': 'it is known of this engine, and so allowed',
};

/** All findings of a history, below each other. With a script the page shows one at a time. Null if there is none. */
export const findingsView = (page: PageHistory, catalogue: Catalogue): Markup | null => {
  const { findings, id } = page;
  if (findings.length === 0) return null;
  return markup`<div class="findings">${switchView(page)}
${findings.map(
  (
    finding,
    index,
  ) => markup`<div class="finding-block" id="finding-${id}-${index}" data-index="${index}" data-claim="${finding.anomaly}" data-number="${finding.number}">${findingView(finding, page, catalogue[finding.anomaly])}
${finding.picture === null ? null : witnessView(finding.picture, `witness-${id}-${index}`, `${page.title}-${finding.anomaly}`, !isViolation(finding))}</div>`,
)}</div>`;
};

/** What is wrong, in one sentence, who is to blame, and what AWS promised. */
const findingView = (finding: PageFinding, page: PageHistory, entry: CatalogueEntry | undefined): Markup => {
  const { anomaly, kind, why, blame, sentence, witness, near, explainedBy } = finding;
  const [quote, cite] = promiseOf(entry?.source ?? '');
  const isRed = isViolation(finding);
  const meaning = blames[blame ?? ''] ?? '';
  return markup`<section aria-label="Finding"><div class="finding"><div>
<p class="lead">${sign(isRed ? 'bad' : 'asked')}<span class="claim">${anomaly}</span><span>${why}</span>
${blame === null ? null : markup`<span class="tag blame${isRed ? '' : ' calm'}" title="${meaning}">blame: ${blame}</span>`}
${kind === null ? null : markup`<span class="tag">kind: ${kind}</span>`}${explainedBy === null ? null : markup`<span class="tag">explained by ${explainedBy}</span>`}</p>
<p class="say">${sentenceParts(sentence)}</p>
${whoView(finding)}<p class="near"><span>${witness.length === 1 ? 'line' : 'lines'} ${witness.map((line, at) => markup`${at > 0 ? ', ' : ''}${lineButton(line, String(line))}`)}</span>${near.map((words, at) => markup`<span>${at === 0 ? 'near it: ' : ''}${words}</span>`)}</p>
${blame === null ? null : markup`<p class="near"><span>To blame: ${meaning}.</span></p>`}
${near.some(isFault) ? markup`<p class="near caused">This run injected ${near.filter(isFault).join(' and ')}: without a fault it may not happen.</p>` : null}
</div><blockquote><h3>${sourceHeading(entry?.source ?? '')}</h3><p>${quote}</p>${cite === '' ? null : markup`<cite>AWS, ${cite}</cite>`}</blockquote></div>
${foldsView(finding, page, entry)}</section>`;
};

const isFault = (words: string): boolean => words.startsWith('fault ');

/** Explains the names in the sentence for newcomers: producer, key, number. Null if the sentence names no record. */
const whoView = ({ key, producer, sentence }: PageFinding): Markup | null => {
  const number = /#\d+/.exec(sentence)?.[0];
  if (key === null || number === undefined) return null;
  const who = producer === null ? '' : `${producer} is the producer, `;
  return markup`<p class="near"><span>${who}<span class="whole">"${key}"</span> the key, ${number} the number of a record in it.</span></p>`;
};

const lineButton = (line: number, words: string): Markup =>
  markup`<button type="button" class="link" data-line="${line}">${words}</button>`;

/**
 * The parts of a sentence: lines are buttons that light up their record, numbers of records are bold, keys do not
 * wrap, shards and sequence numbers are code.
 */
const sentenceParts = (sentence: string): readonly Part[] =>
  sentence
    .split(/("[^"]{1,32}"|\(line \d+\)[,.;]?|\blines? \d+|#\d+|shardId-\d{12}|…\d{6,}|\b\d{15,}\b)/)
    .map((part) => {
      const [, bracketed, after = ''] = /^\(line (\d+)\)(.?)$/.exec(part) ?? [];
      if (bracketed !== undefined)
        return markup`<span class="whole">(${lineButton(Number(bracketed), `line ${bracketed}`)})${after}</span>`;
      const [, line] = /^lines? (\d+)$/.exec(part) ?? [];
      if (line !== undefined) return lineButton(Number(line), part);
      if (/^#\d+$/.test(part)) return markup`<b>${part}</b>`;
      if (/^(shardId-|…\d|\d{15})/.test(part)) return markup`<code>${part}</code>`;
      return part.startsWith('"') && part.length > 1 ? markup`<span class="whole">${part}</span>` : part;
    });

/** Splits a source into the quoted words and where they are from. The second part is empty without quotes. */
export const promiseOf = (source: string): readonly [quote: string, cite: string] => {
  const [, quote, cite] = /^(".*")\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(source) ?? [];
  if (quote === undefined || quote.slice(1, -1).includes('"')) return [source, ''];
  return [`“${quote.slice(1, -1)}”`, cite ?? ''];
};

/** Controls to go from finding to finding. Null if there are fewer than two. */
const switchView = ({ findings }: PageHistory): Markup | null => {
  if (findings.length < 2) return null;
  const violations = findings.filter(isViolation).length;
  const others = findings.length - violations;
  const words =
    violations === 0
      ? 'nothing forbids them'
      : `${violations} ${violations === 1 ? 'violates' : 'violate'} a claim${others === 0 ? '' : `, ${others} ${others === 1 ? 'does' : 'do'} not`}`;
  return markup`<div class="switch"><h2>Finding <span class="at">1</span> of ${findings.length}</h2><p>${words}</p>
<div class="acts"><button type="button" class="button" data-step="-1" aria-label="Previous finding">‹</button>
<select aria-label="Finding">${findings.map((finding, index) => markup`<option value="${index}">${labelOf(finding, findings)}</option>`)}</select>
<button type="button" class="button" data-step="1" aria-label="Next finding">›</button></div></div>`;
};

const labelOf = (
  { anomaly, number, key, expect, explainedBy }: PageFinding,
  findings: readonly PageFinding[],
): string => {
  const isOneOfMany = findings.filter((one) => one.anomaly === anomaly).length > 1;
  const how =
    explainedBy !== null
      ? `, explained by ${explainedBy}`
      : expect === 'forbid'
        ? ''
        : expect === 'report'
          ? ', reported'
          : ', allowed';
  return `${anomaly}${isOneOfMany ? ` ${number}` : ''}${key === null ? '' : `, key ${key}`}${how}`;
};

/** The lines of the witness in words, and what to do about it. */
const foldsView = (
  { lines, witnessFile }: PageFinding,
  { path }: PageHistory,
  entry: CatalogueEntry | undefined,
): Markup => markup`<div class="folds">
${
  lines.length === 0
    ? null
    : markup`<details class="lines"><summary>${lines.length === 1 ? 'The line of the history that proves it' : `The ${lines.length} lines of the history that prove it`}, in words</summary>
<div class="table-scroll"><table><thead><tr><th class="number">line</th><th class="number">time</th><th>who</th><th>what</th></tr></thead>
<tbody>${lines.map(({ line, t, who, what }) => markup`<tr data-at="${line}"><td class="number"><b>${line}</b></td><td class="number">${timeOf(t)}</td><td>${who}</td><td>${what}</td></tr>`)}</tbody></table></div>
<p class="path">of <code>${path}</code>${witnessFile === null ? null : markup`; the smallest history that shows it: <code>${witnessFile}</code>`}</p></details>`
}
${
  entry === undefined || entry.causes.length === 0
    ? null
    : markup`<details><summary>Usual causes, and what to do</summary><div class="causes">
<div><h3>Usually it comes from</h3><ul>${entry.causes.map((cause) => markup`<li>${cause}</li>`)}</ul></div>
<div><h3>What to do</h3><ol>${entry.todo.map((step) => markup`<li>${step}</li>`)}</ol></div></div></details>`
}
</div>`;
