import { several } from '../lib/several.ts';
import type { Finding, HistoryVerdict } from '../model/verdict.ts';

/** What a run could have missed. Undefined if nothing was read, or if an unknown verdict has no pair to compare. */
export const powerSentence = (history: HistoryVerdict): string | undefined => {
  const { orderedPairs: pairs = 0, keysAcrossReshard: keys = 0, inFlight = 0 } = history.power;
  const missed = missedBy(history);
  if (missed === undefined) return undefined;
  const across = keys === 0 ? '' : `, ${several(keys, 'key')} across a reshard`;
  const counted =
    pairs === 0 ? '' : `${several(pairs, 'ordered pair')}${across}, up to ${several(inFlight, 'call')} in flight; `;
  const reorder = missed.reorder === undefined ? '' : `, or a reorder below ${percent(missed.reorder)},`;
  return `could show: ${counted}a loss below ${percent(missed.loss)}${reorder} may have gone unseen (95 %)`;
};

type Missed = { readonly loss: number; readonly reorder: number | undefined };

const missedBy = ({ power, counts, verdict, detection }: HistoryVerdict): Missed | undefined => {
  const { orderedPairs: pairs = 0, lossRate95: loss, reorderRate95: reorder } = power;
  if (loss === undefined || counts.read === 0 || (pairs === 0 && verdict === 'unknown')) return undefined;
  return { loss, reorder: isBlindToOrder(detection) ? undefined : reorder };
};

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
  const reorder = missed.flatMap((one) => one.reorder ?? []);
  const orderWords =
    reorder.length === 0 ? '' : `, or where order is tested a reorder below ${percent(Math.max(...reorder))},`;
  return `in each a loss below ${percent(Math.max(...missed.map(({ loss }) => loss)))}${orderWords} may have gone unseen (95 %)`;
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
