import { several } from '../../lib/several.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { consumerBreaks } from '../consumer-words.ts';
import { countWords } from '../count-words.ts';
import { headlineOf, markOf, type Part, toneOf } from '../headline.ts';
import { isExpected, orderWords } from '../order-words.ts';
import type { Reported } from '../reporter.ts';
import { twiceWords } from '../twice-words.ts';
import { hang } from './hang.ts';
import { type Colors, colorsOf, inTone, inTones, signs, type TerminalStyle } from './style.ts';
import { padded, widthOf } from './width.ts';

/** Sign, name, answers, counts, time. One line if the scenario is green and the terminal is wide enough. */
export const firstLines = (one: Reported, style: TerminalStyle): readonly string[] => {
  const mark = markOf(one);
  const colors = colorsOf(style);
  const sign = `${inTone(colors, toneOf[mark], signs[mark])} `;
  const { history } = one;
  const isGreen = history !== undefined && (mark === 'holds' || mark === 'unordered');
  const room = isGreen ? roomOf(style, one.run.scenario) : 'whole';
  return history === undefined || room === 'whole'
    ? hang(sign, wholeText(one, isGreen ? style : { color: style.color }), style.width)
    : hang(sign, briefText({ ...one, history }, style, room), style.width);
};

/** How much fits beside the name: everything, columns, or the minimum. */
type Room = 'whole' | 'columns' | 'least';

const roomOf = ({ width, nameWidth }: TerminalStyle, name: string): Room => {
  // A single scenario has no columns to align, so it may take two lines.
  if (width === undefined || nameWidth === undefined) return 'whole';
  const left = width - Math.max(nameWidth, widthOf(name));
  if (left >= 110) return 'whole';
  return left >= 67 ? 'columns' : 'least';
};

const wholeText = (one: Reported, style: TerminalStyle): string => {
  const { history, run } = one;
  const colors = colorsOf(style);
  return joined([
    nameText(run.scenario, markOf(one) === 'skipped' ? undefined : colors, style.nameWidth),
    inTones(headlineOf(one), colors),
    history === undefined ? '' : countWords(history),
    timeText(run.durationMs, colors),
  ]);
};

const orderWidth = 22;
const countsWidth = 28;

/** Leaves out what every green line would repeat, and how far the order is broken, which is in the report. */
const briefText = (
  { history, run }: Reported & { readonly history: HistoryVerdict },
  style: TerminalStyle,
  room: Room,
): string => {
  const colors = colorsOf(style);
  const isInColumns = room === 'columns';
  const { text, tone } = orderPart(history);
  const { acked, read } = history.counts;
  const counts = isInColumns ? `${acked} acknowledged, ${read} read` : `${read} read`;
  return joined([
    nameText(run.scenario, colors, isInColumns ? style.nameWidth : undefined),
    inTone(colors, tone, isInColumns ? padded(text, orderWidth) : text),
    isInColumns ? padded(counts, countsWidth) : counts,
    timeText(run.durationMs, colors, isInColumns ? 7 : 0),
  ]);
};

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('  ');

const nameText = (name: string, colors: Colors | undefined, width: number | undefined): string =>
  `${colors === undefined ? name : colors.bold(name)}${width === undefined ? '' : padded(name, width).slice(name.length)}`;

const orderPart = (history: HistoryVerdict): Part => {
  const { kept, inversions } = history.order;
  const consumer = consumerBreaks(history);
  if (consumer !== undefined)
    return { text: isExpected(history) ? 'consumer broke it, as expected' : 'consumer broke it', tone: 'warn' };
  if (kept === false)
    return {
      text: isExpected(history) ? 'NOT kept, as expected' : `NOT kept: ${several(inversions, 'inversion')}`,
      tone: 'warn',
    };
  const isTwice = kept === true && twiceWords(history) !== undefined;
  return { text: isTwice ? 'order kept; some twice' : orderWords(history), tone: kept === true ? 'good' : 'warn' };
};

const timeText = (ms: number | undefined, colors: Colors, width = 0): string =>
  ms === undefined ? '' : colors.dim(`${(ms / 1000).toFixed(1)} s`.padStart(width));
