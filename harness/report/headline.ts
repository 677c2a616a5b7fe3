import { cut } from '../lib/cut.ts';
import { isOutOfOrder, orderWords } from './order-words.ts';
import { promiseWords } from './promise-words.ts';
import type { Reported } from './reporter.ts';
import { shown } from './shown.ts';

/** The state of a scenario in reports. `unordered`: all promises hold, but the order is broken. */
export type Mark = 'holds' | 'unordered' | 'violated' | 'unknown' | 'failed' | 'invalid' | 'interrupted' | 'skipped';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';
export type Part = { readonly text: string; readonly tone: Tone };

export const markOf = ({ history, run }: Reported): Mark => {
  if (run.skipped !== undefined) return 'skipped';
  if (history?.verdict === 'violated') return 'violated';
  if (run.interrupted !== undefined) return 'interrupted';
  if (run.unjudged !== undefined) return 'invalid';
  if (history === undefined || run.error !== undefined) return 'failed';
  if (history.verdict === 'unknown') return 'unknown';
  return isOutOfOrder(history) ? 'unordered' : 'holds';
};

export const toneOf: Readonly<Record<Mark, Tone>> = {
  holds: 'good',
  unordered: 'warn',
  violated: 'bad',
  unknown: 'warn',
  failed: 'bad',
  invalid: 'bad',
  interrupted: 'warn',
  skipped: 'plain',
};

/**
 * The first line of each report on one scenario: was the order kept, were promises broken, and what ended the run
 * early.
 */
export const headlineOf = (one: Reported): readonly Part[] => {
  const { history, run } = one;
  const parts: Part[] = [];
  if (history !== undefined) {
    const { kept } = history.order;
    const broken = history.verdict === 'violated' ? 'bad' : 'warn';
    const tone = isOutOfOrder(history) ? broken : kept === null ? 'warn' : 'good';
    parts.push({ text: orderWords(history), tone });
    const promises = promiseWords(history);
    if (promises !== '') parts.push({ text: promises, tone: promiseTone(one) });
  }
  if (run.skipped !== undefined) parts.push({ text: `skipped: ${run.skipped}`, tone: 'plain' });
  if (run.unjudged !== undefined) parts.push({ text: `invalid history: ${firstLine(run.unjudged)}`, tone: 'bad' });
  if (run.error !== undefined) parts.push({ text: `run failed: ${firstLine(run.error)}`, tone: 'bad' });
  if (run.interrupted !== undefined) parts.push({ text: run.interrupted, tone: 'warn' });
  return parts;
};

/** Promises that hold while the order is broken must not look good. */
const promiseTone = (one: Reported): Tone => {
  const verdict = one.history?.verdict;
  if (verdict === 'violated') return 'bad';
  return verdict === 'holds' && markOf(one) !== 'unordered' ? 'good' : 'warn';
};

/** The headline as plain text, after the name of the scenario. */
export const headlineText = (given: Reported): string => {
  const one = shown(given);
  const parts = headlineOf(one).map(({ text }) => text);
  return `${one.run.scenario}: ${parts.join('; ')}`;
};

const shownMax = 160;

/** The first line of an engine's output, shortened. */
export const firstLine = (text: string): string => {
  const [line = ''] = text.split('\n');
  return isCut(text) ? `${cut(line, shownMax)}…` : line;
};

/** True if `firstLine` leaves something out. Reports then print the full text below. */
export const isCut = (text: string): boolean => text.includes('\n') || text.length > shownMax;
