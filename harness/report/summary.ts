import type { HistoryVerdict } from '../model/verdict.ts';
import { type ConsumerBreaks, consumerBreaks } from './consumer-words.ts';
import { firstLine, type Mark, markOf, type Part } from './headline.ts';
import { inversionWords, isExpected, isOutOfOrder, orderWords } from './order-words.ts';
import { alsoBrokenIn, brokenIn, expiredWords, missingIn, missingWords, named } from './promise-words.ts';
import type { Reported, RunInfo } from './reporter.ts';
import { allShown } from './shown.ts';

/** The first line of a report on several scenarios: both answers over all histories, and what was not judged. */
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

/**
 * The overall state: the worst of the scenarios. Skipped ones do not count; if all were skipped, nothing was judged.
 */
export const summaryMark = (reported: readonly Reported[]): Mark => {
  const marks = new Set(reported.map(markOf));
  return worstFirst.find((mark) => marks.has(mark)) ?? 'unknown';
};

const worstFirst: readonly Mark[] = ['violated', 'interrupted', 'invalid', 'failed', 'unknown', 'unordered', 'holds'];

const orderPart = (histories: readonly HistoryVerdict[]): Part => {
  const [only] = histories;
  const broken = brokenByConsumers(histories);
  if (broken.length === 0) return streamPart(histories);
  const tone = broken.some(({ isForbidden }) => isForbidden) ? 'bad' : 'warn';
  if (only !== undefined && histories.length === 1) return { text: orderWords(only), tone };
  const stream = streamPart(histories);
  const found = broken.reduce((sum, one) => sum + one.found, 0);
  const ids = [...new Set(broken.flatMap((one) => one.ids))];
  const how = tone === 'bad' ? '' : broken.every((one) => one.isExpected) ? ', as expected' : ', which is allowed';
  return {
    text: `${stream.text.replace(/^order kept/, 'order kept in the stream')}; consumers broke it${ofAll(broken.length, histories)}${how}: ${ids.join(', ')} (${found})`,
    tone: stream.tone === 'bad' ? 'bad' : tone,
  };
};

const brokenByConsumers = (histories: readonly HistoryVerdict[]): readonly ConsumerBreaks[] =>
  histories.flatMap((history) => consumerBreaks(history) ?? []);

/** The order in the stream, whether or not consumers kept it. */
const streamPart = (histories: readonly HistoryVerdict[]): Part => {
  const [only] = histories;
  if (only !== undefined && histories.length === 1 && only.order.kept === true)
    return { text: orderWords(only), tone: 'good' };
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
  const also = broken.filter((history) => alsoBrokenIn(history).length > 0);
  const parts: Part[] = [];
  if (also.length > 0) {
    const ids = named([...new Set(also.flatMap(alsoBrokenIn))]);
    const alsoUnknown = unknown === 0 ? '' : `, unknown in ${unknown}`;
    parts.push({ text: `promises broken${ofAll(also.length, histories)}${alsoUnknown}: ${ids}`, tone: 'bad' });
  } else if (unknown > 0) {
    const [only] = histories;
    const why = only === undefined || histories.length > 1 ? '' : missingWords(only);
    parts.push({ text: `promises unknown${ofAll(unknown, histories)}${why}`, tone: 'warn' });
  } else if (broken.length === 0) {
    const isInOrder = !histories.some(isOutOfOrder);
    parts.push({ text: 'promises hold', tone: isInOrder ? 'good' : 'warn' });
  }
  const expired = expiredWords(histories);
  if (expired !== '') parts.push({ text: expired, tone: 'bad' });
  if (missing.length > 0) parts.push({ text: `expected and not found: ${named(missing)}`, tone: 'bad' });
  return parts;
};

const ofAll = (some: number, { length }: readonly unknown[]): string =>
  length === 1 ? '' : ` in ${some} of ${length}`;

/** What ended runs early or prevented judging, each reason with its first message. */
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
