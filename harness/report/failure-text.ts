import { censusSentence, nearSentence, powerSentence } from './power-words.ts';
import type { Reported } from './reporter.ts';
import { witnessOf } from './witness-words.ts';

/** Why a scenario is red, in plain text: the same words in JUnit, in Vitest and in annotations. Undefined when it holds, or was left out. */
export const failureText = ({ history, run }: Reported): string | undefined => {
  if (run.leftOut !== undefined) return undefined;
  const lines: string[] = [];
  if (run.unjudged !== undefined) lines.push(`cannot be judged: ${run.unjudged}`);
  if (run.error !== undefined) lines.push(`the target failed: ${run.error}`);
  if (history !== undefined && history.verdict !== 'holds') {
    lines.push(`${run.scenario} is ${history.verdict}`);
    for (const claim of history.claims.filter(({ verdict }) => verdict === 'violated')) {
      lines.push(`${claim.anomaly}: ${claim.why}`);
      const mine = history.findings.filter(
        ({ anomaly, expect, explainedBy }) => anomaly === claim.anomaly && expect === 'forbid' && explainedBy === null,
      );
      for (const finding of mine.slice(0, 3)) {
        const who = [finding.kind, finding.blame === null ? null : `blame: ${finding.blame}`, nearSentence(finding)];
        const said = who.filter((part) => part !== null && part !== undefined).join('; ');
        lines.push(`  ${finding.sentence}${said === '' ? '' : ` (${said})`}`);
      }
      const witness = witnessOf(history, claim.anomaly);
      if (witness !== undefined) lines.push(`  ${witness}`);
    }
    for (const reason of history.unknown) lines.push(`unknown: ${reason}`);
    for (const said of [censusSentence(history), powerSentence(history)]) if (said !== undefined) lines.push(said);
    lines.push(`history: ${history.path}`);
  }
  if (lines.length === 0) return undefined;
  if (run.replay !== undefined) lines.push(`replay: ${run.replay}`);
  return lines.join('\n');
};
