import pc from 'picocolors';
import type { Claim, HistoryVerdict, Verdict } from '../model/verdict.ts';
import { headroomSentence } from './headroom-words.ts';
import { censusSentence, nearSentence, powerSentence } from './power-words.ts';
import type { Reported, Reporter } from './reporter.ts';
import { witnessOf } from './witness-words.ts';

/** For people: a line a scenario that holds, and whatever a newcomer must know of one that does not. */
export const terminal: Reporter = {
  summary: 'for people: what was written and read, which claims hold, and the sentence that proves a violation',
  fileName: 'report.txt',
  render: (verdict, reported, { color }) =>
    `${reported.map((one) => renderOne(one, color)).join('')}${renderSummary(verdict, reported, color)}`,
};

type Colors = ReturnType<typeof pc.createColors>;
const findingsMax = 3;

/** One scenario, or one history: called as each is done. */
export const renderOne = ({ history, run }: Reported, color: boolean): string => {
  const colors = pc.createColors(color);
  const time = run.durationMs === undefined ? '' : colors.dim(` ${(run.durationMs / 1000).toFixed(1)} s`);
  if (run.leftOut !== undefined)
    return `${colors.dim('-')} ${run.scenario}  ${colors.dim(`left out: ${run.leftOut}`)}\n`;
  if (run.unjudged !== undefined) {
    return `${colors.red('✘')} ${colors.bold(run.scenario)}  ${colors.red('cannot be judged')}\n    ${run.unjudged}\n`;
  }
  if (history === undefined) {
    return `${colors.red('✘')} ${colors.bold(run.scenario)}  ${colors.red('could not run')}${time}\n    ${run.error ?? ''}\n${replayLine(run.replay, colors)}`;
  }
  const lines = [
    `${symbolOf(history, colors)} ${colors.bold(run.scenario)}  ${wordOf(history, colors)}  ${countsLine(history)}${time}`,
  ];
  if (run.error !== undefined) lines.push(`    ${colors.red('the target failed:')} ${run.error}`);
  lines.push(...(run.notes ?? []).map((note) => `    ${colors.yellow('note')} ${note}`));
  lines.push(...claimLines(history, colors), ...history.aloud.map((said) => `    ${colors.dim(`· ${said}`)}`));
  lines.push(
    ...[powerSentence(history), censusSentence(history)].flatMap((said) =>
      said === undefined ? [] : [`    ${colors.dim(`· ${said}`)}`],
    ),
  );
  lines.push(...headroomLines(history, colors));
  if (history.verdict !== 'holds') {
    if (run.why !== undefined) lines.push(`    ${colors.dim(`what it tests: ${run.why}`)}`);
    lines.push(`    ${colors.dim('history')} ${history.path}`);
  }
  const replay = history.verdict === 'holds' ? '' : replayLine(run.replay, colors);
  return `${lines.join('\n')}\n${replay}`;
};

const headroomLines = ({ headroom }: HistoryVerdict, colors: Colors): readonly string[] => {
  if (headroom === undefined) return [];
  const words = headroomSentence(headroom);
  return [
    `    ${headroom.throttledCalls + headroom.refusedCalls > 0 ? colors.yellow(`! ${words}`) : colors.dim(`· ${words}`)}`,
  ];
};

const replayLine = (replay: string | undefined, colors: Colors): string =>
  replay === undefined ? '' : `    ${colors.dim('replay ')} ${replay}\n`;

const symbolOf = ({ verdict }: HistoryVerdict, colors: Colors): string =>
  ({ holds: colors.green('✔'), violated: colors.red('✘'), unknown: colors.yellow('?') })[verdict];

const wordOf = ({ verdict }: HistoryVerdict, colors: Colors): string =>
  ({ holds: colors.green('holds'), violated: colors.red('VIOLATED'), unknown: colors.yellow('UNKNOWN') })[verdict];

const countsLine = ({ counts, claims }: HistoryVerdict): string => {
  const parts = [`${counts.acked} acknowledged`, `${counts.read} read`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.info > 0) parts.push(`${counts.info} of unknown outcome`);
  if (counts.unseen > 0) parts.push(`${counts.unseen} unseen`);
  if (counts.foreign > 0) parts.push(`${counts.foreign} foreign`);
  const holding = claims.filter(({ verdict }) => verdict === 'holds').length;
  return `${parts.join(', ')}; ${holding} claims hold`;
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

/** The last lines: how many of each, and the word over all. */
export const renderSummary = (verdict: Verdict, reported: readonly Reported[], color: boolean): string => {
  const colors = pc.createColors(color);
  const count = (value: string): number => reported.filter(({ history }) => history?.verdict === value).length;
  const unjudged = reported.filter(({ run }) => run.unjudged !== undefined).length;
  const broken = reported.filter(
    ({ history, run: { leftOut, error, unjudged: no } }) =>
      leftOut === undefined && no === undefined && (history === undefined || error !== undefined),
  ).length;
  const left = reported.filter(({ run }) => run.leftOut !== undefined).length;
  const parts = [`${count('holds')} hold`, `${count('violated')} violated`, `${count('unknown')} unknown`];
  if (unjudged > 0) parts.push(`${unjudged} cannot be judged`);
  if (broken > 0) parts.push(`${broken} could not run to the end`);
  if (left > 0) parts.push(`${left} left out`);
  const word =
    broken > 0
      ? colors.red('the target failed')
      : {
          holds: colors.green('order holds'),
          violated: colors.red('order is violated'),
          unknown: colors.yellow('inconclusive'),
        }[verdict.verdict];
  return `\n${parts.join(', ')}: ${word}\n`;
};
