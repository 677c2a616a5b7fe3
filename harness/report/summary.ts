import type { HistoryVerdict } from '../model/verdict.ts';
import { firstLine, type Mark, markOf, type Part } from './headline.ts';
import { inversionWords, isExpected } from './order-words.ts';
import { brokenIn, missingIn, named } from './promise-words.ts';
import type { Reported, RunInfo } from './reporter.ts';
import { allShown } from './shown.ts';

/**
 * The first line of a report on several scenarios: the same two questions, over all that was judged, and what was not
 * judged.
 */
export const summaryOf = (reported: readonly Reported[]): readonly Part[] => {
  const histories = reported.flatMap(({ history }) => (history === undefined ? [] : [history]));
  const judged: readonly Part[] =
    histories.length === 0
      ? [{ text: 'nothing was judged', tone: 'warn' }]
      : [orderPart(histories), ...promiseParts(histories)];
  return [...judged, ...troubleParts(reported), ...tally(histories.length, reported.length)];
};

export const summaryText = (reported: readonly Reported[]): string =>
  summaryOf(allShown(reported))
    .map(({ text }) => text)
    .join('; ');

/** What all of it is shown as: the worst of its scenarios. What was skipped is none, and only that is nothing. */
export const summaryMark = (reported: readonly Reported[]): Mark => {
  const marks = new Set(reported.map(markOf));
  return worstFirst.find((mark) => marks.has(mark)) ?? 'unknown';
};

const worstFirst: readonly Mark[] = ['violated', 'interrupted', 'invalid', 'failed', 'unknown', 'unordered', 'holds'];

const orderPart = (histories: readonly HistoryVerdict[]): Part => {
  const orders = histories.map(({ order }) => order);
  const count = (kept: boolean | null): number => orders.filter((order) => order.kept === kept).length;
  const [kept, broken, untested] = [count(true), count(false), count(null)];
  const alsoUntested = untested === 0 ? '' : `, not tested in ${untested}`;
  if (broken > 0) {
    const sum = (field: 'inversions' | 'flowsBroken'): number => orders.reduce((all, order) => all + order[field], 0);
    const expected = histories.filter((history) => history.order.kept === false && isExpected(history)).length;
    const asExpected = expected === 0 ? '' : expected === broken ? ', as expected' : ` (${expected} as expected)`;
    return {
      text: `order NOT kept${ofAll(broken, histories)}${asExpected}${alsoUntested}: ${inversionWords(sum('inversions'), sum('flowsBroken'))}`,
      tone: histories.some(({ verdict }) => verdict === 'violated') ? 'bad' : 'warn',
    };
  }
  if (kept === 0) return { text: 'order not tested', tone: 'warn' };
  if (untested === 0) return { text: 'order kept', tone: 'good' };
  return { text: `order kept${ofAll(kept, histories)}${alsoUntested}`, tone: 'warn' };
};

const promiseParts = (histories: readonly HistoryVerdict[]): readonly Part[] => {
  const broken = histories.filter((history) => brokenIn(history).length > 0);
  const unknown = histories.filter(({ verdict }) => verdict === 'unknown').length;
  const missing = [...new Set(histories.flatMap(missingIn))];
  const parts: Part[] = [];
  if (broken.length > 0) {
    const ids = named([...new Set(broken.flatMap(brokenIn))]);
    const alsoUnknown = unknown === 0 ? '' : `, unknown in ${unknown}`;
    parts.push({ text: `promises broken${ofAll(broken.length, histories)}${alsoUnknown}: ${ids}`, tone: 'bad' });
  } else if (unknown > 0) parts.push({ text: `promises unknown${ofAll(unknown, histories)}`, tone: 'warn' });
  else {
    const isInOrder = histories.every((history) => history.order.kept !== false);
    parts.push({ text: 'promises hold', tone: isInOrder ? 'good' : 'warn' });
  }
  if (missing.length > 0) parts.push({ text: `expected and not found: ${named(missing)}`, tone: 'bad' });
  return parts;
};

const ofAll = (some: number, { length }: readonly unknown[]): string =>
  length === 1 ? '' : ` in ${some} of ${length}`;

/** What ended runs early, or kept them from being judged, each with the words of the first. */
const troubleParts = (reported: readonly Reported[]): readonly Part[] => {
  const parts = ([field, tone, one, more]: Trouble): readonly Part[] => {
    const said = reported.flatMap(({ run }) => run[field] ?? []);
    const [first] = said;
    if (first === undefined) return [];
    return [{ text: `${said.length === 1 ? one : `${said.length} ${more}`}: ${firstLine(first)}`, tone }];
  };
  return troubles.flatMap(parts);
};

type Trouble = readonly [field: keyof RunInfo & Reason, tone: Part['tone'], one: string, more: string];
type Reason = 'unjudged' | 'error' | 'interrupted' | 'skipped';

const troubles: readonly Trouble[] = [
  ['unjudged', 'bad', 'invalid history', 'invalid histories'],
  ['error', 'bad', 'run failed', 'runs failed'],
  ['interrupted', 'warn', 'not finished', 'not finished'],
  ['skipped', 'plain', '1 skipped', 'skipped'],
];

const tally = (judged: number, all: number): readonly Part[] =>
  all <= 1 ? [] : [{ text: judged === all ? `${judged} judged` : `${judged} of ${all} judged`, tone: 'plain' }];
