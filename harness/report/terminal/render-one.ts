import { headroomSentence } from '../../headroom/sentence.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { isCut, markOf } from '../headline.ts';
import { censusSentence, powerSentence } from '../power-words.ts';
import { addressOf } from '../report-address.ts';
import type { Reported } from '../reporter.ts';
import { shown } from '../shown.ts';
import { untestedSentence } from '../untested-words.ts';
import { commandLines } from './command-lines.ts';
import { firstLines } from './first-line.ts';
import { hang } from './hang.ts';
import { type Colors, colorsOf, type TerminalStyle } from './style.ts';
import { type Drawings, violationLines } from './violation-lines.ts';

/** One scenario or history as text: a line if it is green, and whatever a newcomer needs if it is not. */
export const renderOne = (given: Reported, style: TerminalStyle, drawings: Drawings = new Map()): string => {
  const one = shown(given);
  const isShort = isGreen(one);
  if (isShort && style.detail === 'quiet') return '';
  const lines = [...firstLines(one, style), ...bodyLines(one, style, drawings)];
  const isApart = !isShort && style.nameWidth !== undefined;
  return `${isApart ? '\n' : ''}${lines.join('\n')}\n`;
};

/** True if the scenario needs no attention. */
export const isGreen = (one: Reported): boolean => ['holds', 'unordered', 'skipped'].includes(markOf(one));

const bodyLines = (one: Reported, style: TerminalStyle, drawings: Drawings): readonly string[] => {
  const { history, run } = one;
  const { width } = style;
  const colors = colorsOf(style);
  const isVerbose = style.detail === 'verbose';
  const lines = [...wholeReasons(one, width)];
  if (isVerbose) lines.push(...noteLines(one, style));
  if (history !== undefined) lines.push(...claimLines(history, style, drawings));
  if (history !== undefined && isVerbose) lines.push(...noticeLines(history, style));
  if (isGreen(one)) return lines;
  const label = (text: string): string => `    ${colors.dim(text)} `;
  if (history !== undefined && run.why !== undefined) lines.push(...hang(label('tests  '), colors.dim(run.why), width));
  if (history !== undefined) lines.push(`${label('history')}${history.path}`);
  const address = addressOf(one);
  if (address !== undefined) lines.push(`${label('report ')}${address}`);
  if (run.replay !== undefined) lines.push(...commandLines(label('replay '), run.replay, width));
  return lines;
};

/** If the first line had to shorten an error, the full one follows. */
const wholeReasons = ({ run }: Reported, width: number | undefined): readonly string[] =>
  [run.unjudged, run.error].flatMap((said) => (said !== undefined && isCut(said) ? hang('    ', said, width) : []));

const noteLines = ({ run }: Reported, style: TerminalStyle): readonly string[] =>
  (run.notes ?? []).flatMap((note) => hang(`    ${colorsOf(style).yellow('note')} `, note, style.width));

const claimLines = (history: HistoryVerdict, style: TerminalStyle, drawings: Drawings): readonly string[] => {
  const violated = history.claims.filter(({ verdict }) => verdict === 'violated');
  return [
    ...violated.flatMap((claim) => violationLines(claim, history, drawings, style)),
    ...history.unknown.flatMap((reason) => hang(`    ${colorsOf(style).yellow('unknown:')} `, reason, style.width)),
  ];
};

const noticeLines = (history: HistoryVerdict, style: TerminalStyle): readonly string[] => {
  const colors = colorsOf(style);
  const said = [...history.aloud, powerSentence(history), censusSentence(history), untestedSentence([history])];
  return [
    ...said.flatMap((text) =>
      text === undefined ? [] : hang(`    ${colors.dim('·')} `, colors.dim(text), style.width),
    ),
    ...headroomLines(history, colors, style.width),
  ];
};

const headroomLines = ({ headroom }: HistoryVerdict, colors: Colors, width: number | undefined): readonly string[] => {
  if (headroom === undefined) return [];
  const words = headroomSentence(headroom);
  return headroom.throttledCalls + headroom.refusedCalls > 0
    ? hang(`    ${colors.yellow('!')} `, colors.yellow(words), width)
    : hang(`    ${colors.dim('·')} `, colors.dim(words), width);
};
