import { several } from '../lib/several.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { Finding, HistoryVerdict } from '../model/verdict.ts';

/**
 * What a run compared, and what it could have missed. Undefined if nothing was read, or if an unknown verdict has no
 * pair to compare. Of a kind of mistake that was found, no share is told.
 */
export const powerSentence = (history: HistoryVerdict): string | undefined => {
  const { orderedPairs: pairs = 0, keysAcrossReshard: keys = 0, inFlight = 0 } = history.power;
  const missed = missedBy(history);
  if (missed === undefined) return undefined;
  const across = keys === 0 ? '' : `, ${several(keys, 'key')} across a reshard`;
  const counted =
    pairs === 0 ? '' : `${several(pairs, 'ordered pair')}${across}, up to ${several(inFlight, 'call')} in flight`;
  const unseen = unseenWords(
    missed.loss,
    missed.reorder === undefined ? '' : `a reorder below ${percent(missed.reorder)}`,
  );
  const said = [counted, unseen].filter((part) => part !== '');
  return said.length === 0 ? undefined : `could show: ${said.join('; ')}`;
};

const unseenWords = (loss: number | undefined, reorder: string): string => {
  const lost = loss === undefined ? '' : `a loss below ${percent(loss)}`;
  if (lost === '' && reorder === '') return '';
  const both = lost !== '' && reorder !== '' ? `${lost}, or ${reorder},` : `${lost}${reorder}`;
  return `${both} may have gone unseen (95 %)`;
};

type Missed = { readonly loss: number | undefined; readonly reorder: number | undefined };

const missedBy = (history: HistoryVerdict): Missed | undefined => {
  const { power, counts, verdict, detection, order } = history;
  const { orderedPairs: pairs = 0, lossRate95: loss, reorderRate95: reorder } = power;
  if (loss === undefined || counts.read === 0 || (pairs === 0 && verdict === 'unknown')) return undefined;
  const isFound = order.kept === false;
  return {
    loss: isLossFound(history) ? undefined : loss,
    reorder: isFound || isBlindToOrder(detection) ? undefined : reorder,
  };
};

const losses: readonly AnomalyId[] = ['lost-write', 'lost-in-view', 'poll-skip', 'subject-loss'];

const isLossFound = ({ claims }: HistoryVerdict): boolean =>
  claims.some(({ anomaly, found }) => found > 0 && losses.includes(anomaly));

/** If the judge found none of the swapped records, it would not have found any other reorder. */
const isBlindToOrder = (detection: HistoryVerdict['detection']): boolean =>
  detection !== undefined &&
  !('skipped' in detection) &&
  detection.kinds.some(({ kind, tried, detected }) => kind === 'swap' && tried > 0 && detected === 0);

/** The same for several runs: the most that one of them may have missed. Leaves out violated runs. */
export const powerOfAll = (histories: readonly HistoryVerdict[]): string | undefined => {
  const open = histories.filter((history) => history.verdict !== 'violated' && missedBy(history) !== undefined);
  const [only] = open;
  if (only === undefined) return undefined;
  if (open.length === 1) return powerSentence(only);
  const missed = open.flatMap((history) => missedBy(history) ?? []);
  const [loss, reorder] = [highest(missed.map((one) => one.loss)), highest(missed.map((one) => one.reorder))];
  const unseen = unseenWords(
    loss,
    reorder === undefined ? '' : `where order is tested a reorder below ${percent(reorder)}`,
  );
  return unseen === '' ? undefined : `in each ${unseen}`;
};

const highest = (rates: readonly (number | undefined)[]): number | undefined => {
  const known = rates.filter((rate) => rate !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
};

/**
 * How far a broken order is from being kept, over all keys. Undefined if it is kept. The headline has the inversions.
 */
export const censusSentence = ({ power }: HistoryVerdict): string | undefined => {
  const { inversions = 0, removals = 0, displacement = 0 } = power;
  if (inversions === 0) return undefined;
  return `order: it would be kept without ${several(removals, 'record')}; displaced by at most ${several(displacement, 'place')}`;
};

/** Faults, reshards and retries at the time of a finding. Undefined if there are none. */
export const nearSentence = ({ near: { faults, reshards, retries } }: Finding): string | undefined => {
  const parts = [
    faults.length === 0 ? undefined : `a fault (${faults.map((line) => `line ${line}`).join(', ')})`,
    reshards.length === 0 ? undefined : `reshard ${reshards.join(', ')}`,
    retries.length === 0 ? undefined : `sent again (call ${retries.join(', call ')})`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `near it in time: ${parts.join('; ')}`;
};

const percent = (rate: number): string => `${Number((rate * 100).toPrecision(2))} %`;
