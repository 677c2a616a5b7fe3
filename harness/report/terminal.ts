import pc from 'picocolors';
import { headroomSentence } from '../headroom/sentence.ts';
import type { Claim, HistoryVerdict } from '../model/verdict.ts';
import { countWords } from './count-words.ts';
import { headlineOf, isCut, type Mark, markOf, type Part, type Tone, toneOf } from './headline.ts';
import { censusSentence, nearSentence, powerSentence } from './power-words.ts';
import type { Reported, Reporter } from './reporter.ts';
import { summaryMark, summaryOf } from './summary.ts';
import { witnessOf } from './witness-words.ts';

/** For people: a line a scenario that holds, and whatever a newcomer must know of one that does not. */
export const terminal: Reporter = {
  summary: 'for people: was the order kept, were promises broken, and the sentence that proves it',
  fileName: 'report.txt',
  render: (_, reported, { color }) =>
    `${reported.map((one) => renderOne(one, color)).join('')}${renderSummary(reported, color)}`,
};

type Colors = ReturnType<typeof pc.createColors>;
const findingsMax = 3;

const signs: Readonly<Record<Mark, string>> = {
  holds: '✔',
  unordered: '≠',
  violated: '✘',
  unknown: '?',
  failed: '✘',
  invalid: '✘',
  interrupted: '!',
  skipped: '-',
};

const inTone = (colors: Colors, tone: Tone, text: string): string =>
  ({ good: colors.green, warn: colors.yellow, bad: colors.red, plain: colors.dim })[tone](text);

const inTones = (parts: readonly Part[], colors: Colors): string =>
  parts.map(({ text, tone }) => inTone(colors, tone, text)).join('; ');

/** One scenario, or one history: called as each is done. */
export const renderOne = (one: Reported, color: boolean): string => {
  const { history, run } = one;
  const colors = pc.createColors(color);
  const lines = [firstLineOf(one, colors), ...wholeReasons(one)];
  lines.push(...(run.notes ?? []).map((note) => `    ${colors.yellow('note')} ${note}`));
  if (history !== undefined) lines.push(...historyLines(history, colors));
  if (!isRed(one)) return `${lines.join('\n')}\n`;
  if (history !== undefined && run.why !== undefined) lines.push(`    ${colors.dim(`what it tests: ${run.why}`)}`);
  if (history !== undefined) lines.push(`    ${colors.dim('history')} ${history.path}`);
  if (run.replay !== undefined) lines.push(`    ${colors.dim('replay ')} ${run.replay}`);
  return `${lines.join('\n')}\n`;
};

const isRed = (one: Reported): boolean => !['holds', 'unordered', 'skipped'].includes(markOf(one));

const firstLineOf = (one: Reported, colors: Colors): string => {
  const { history, run } = one;
  const mark = markOf(one);
  const name = mark === 'skipped' ? run.scenario : colors.bold(run.scenario);
  const counts = history === undefined ? '' : `  ${countWords(history)}`;
  const time = run.durationMs === undefined ? '' : colors.dim(` ${(run.durationMs / 1000).toFixed(1)} s`);
  return `${inTone(colors, toneOf[mark], signs[mark])} ${name}  ${inTones(headlineOf(one), colors)}${counts}${time}`;
};

/** Where the first line had to cut an error short. */
const wholeReasons = ({ run }: Reported): readonly string[] =>
  [run.unjudged, run.error].flatMap((said) =>
    said !== undefined && isCut(said) ? [`    ${said.replaceAll('\n', '\n    ')}`] : [],
  );

const historyLines = (history: HistoryVerdict, colors: Colors): readonly string[] => {
  const said = [...history.aloud, powerSentence(history), censusSentence(history)];
  return [
    ...claimLines(history, colors),
    ...said.flatMap((text) => (text === undefined ? [] : [`    ${colors.dim(`· ${text}`)}`])),
    ...headroomLines(history, colors),
  ];
};

const headroomLines = ({ headroom }: HistoryVerdict, colors: Colors): readonly string[] => {
  if (headroom === undefined) return [];
  const words = headroomSentence(headroom);
  return [
    `    ${headroom.throttledCalls + headroom.refusedCalls > 0 ? colors.yellow(`! ${words}`) : colors.dim(`· ${words}`)}`,
  ];
};

const claimLines = (history: HistoryVerdict, colors: Colors): readonly string[] => {
  const violated = history.claims.filter(({ verdict }) => verdict === 'violated');
  return [
    ...violated.flatMap((claim) => violationLines(claim, history, colors)),
    ...history.unknown.map((reason) => `    ${colors.yellow('unknown:')} ${reason}`),
  ];
};

const violationLines = (claim: Claim, history: HistoryVerdict, colors: Colors): readonly string[] => {
  const mine = history.findings.filter(
    ({ anomaly, expect, explainedBy }) => anomaly === claim.anomaly && expect === 'forbid' && explainedBy === null,
  );
  const lines = [`    ${colors.red(claim.anomaly)}  ${claim.why}`];
  for (const finding of mine.slice(0, findingsMax)) {
    const { sentence, blame, kind, witness } = finding;
    const near = nearSentence(finding);
    const who = [kind, blame === null ? undefined : `blame: ${blame}`]
      .filter((part) => part !== undefined && part !== null)
      .join(', ');
    lines.push(
      `      ${sentence}${colors.dim(`${who === '' ? '' : ` (${who})`} lines ${witness.join(', ')}${near === undefined ? '' : `; ${near}`}`)}`,
    );
  }
  const more = claim.found - Math.min(mine.length, findingsMax);
  if (mine.length > 0 && more > 0) lines.push(colors.dim(`      and ${more} more`));
  lines.push(colors.dim(`      promised: ${claim.source}`));
  const witness = witnessOf(history, claim.anomaly);
  if (witness !== undefined) lines.push(`      ${witness}`);
  return lines;
};

/** The last line: the same two questions over all, and what was not judged. */
export const renderSummary = (reported: readonly Reported[], color: boolean): string => {
  const colors = pc.createColors(color);
  const mark = summaryMark(reported);
  return `\n${inTone(colors, toneOf[mark], signs[mark])} ${inTones(summaryOf(reported), colors)}\n`;
};
