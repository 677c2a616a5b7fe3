import { type HistoryVerdict, isViolation } from '../model/verdict.ts';
import { countsWords } from './claim-counts.ts';
import { headlineText, isCut } from './headline.ts';
import { censusSentence, nearSentence, powerSentence } from './power-words.ts';
import { addressOf } from './report-address.ts';
import type { Reported } from './reporter.ts';
import { shown } from './shown.ts';
import { witnessOf } from './witness-words.ts';

/**
 * Why a scenario is red, in plain text, the headline first. JUnit, Vitest and annotations use these words. Undefined
 * if the scenario holds or was skipped.
 */
export const failureText = (given: Reported): string | undefined => {
  const one = shown(given);
  const { history, run } = one;
  if (run.skipped !== undefined) return undefined;
  const isRed = [run.unjudged, run.error, run.interrupted].some((reason) => reason !== undefined);
  if (history?.verdict === 'holds' && !isRed) return undefined;
  const lines = [headlineText(one)];
  for (const said of [run.unjudged, run.error]) if (said !== undefined && isCut(said)) lines.push(said);
  if (history !== undefined) lines.push(...historyLines(history));
  const address = addressOf(one);
  if (address !== undefined) lines.push(`report: ${address}`);
  if (run.replay !== undefined) lines.push(`replay: ${run.replay}`);
  return lines.join('\n');
};

const historyLines = (history: HistoryVerdict): readonly string[] => [
  ...history.claims
    .filter(({ verdict }) => verdict === 'violated')
    .flatMap((claim) => [
      `${claim.anomaly}: ${claim.why}${countsWords(claim, history)}`,
      ...findingLines(history, claim.anomaly),
    ]),
  ...history.unknown.map((reason) => `unknown: ${reason}`),
  ...[censusSentence(history), powerSentence(history)].filter((said) => said !== undefined),
  `history: ${history.path}`,
];

const findingLines = (history: HistoryVerdict, id: HistoryVerdict['claims'][number]['anomaly']): readonly string[] => {
  const mine = history.findings.filter((finding) => finding.anomaly === id && isViolation(finding));
  const lines = mine.slice(0, 3).map((finding) => {
    const who = [finding.kind, finding.blame === null ? null : `blame: ${finding.blame}`, nearSentence(finding)];
    const said = who.filter((part) => part !== null && part !== undefined).join('; ');
    return `  ${finding.sentence}${said === '' ? '' : ` (${said})`}`;
  });
  const witness = witnessOf(history, id);
  return witness === undefined ? lines : [...lines, `  ${witness}`];
};
