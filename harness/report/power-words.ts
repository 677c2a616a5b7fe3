import type { Finding, HistoryVerdict } from '../model/verdict.ts';

/** What a run could have shown: a pass says no more than this. */
export const powerSentence = ({ power }: HistoryVerdict): string | undefined => {
  const { orderedPairs: pairs = 0, keysAcrossReshard: keys = 0, inFlight = 0, lossRate95, reorderRate95 } = power;
  if (lossRate95 === undefined) return undefined;
  const across = keys === 0 ? '' : `, ${count(keys, 'key')} across a reshard`;
  const reorder = reorderRate95 === undefined ? '' : `, and a reorder of ${percent(reorderRate95)} or more`;
  return `could show: ${count(pairs, 'ordered pair')}${across}, up to ${count(inFlight, 'call')} in flight; a loss of ${percent(lossRate95)} or more${reorder}, with 95 % certainty`;
};

/** How far order is broken, all keys together. */
export const censusSentence = ({ power }: HistoryVerdict): string | undefined => {
  const { inversions = 0, removals = 0, displacement = 0, keysReordered = 0 } = power;
  if (inversions === 0) return undefined;
  return `order: ${count(inversions, 'inversion')} in ${count(keysReordered, 'key')}; without ${count(removals, 'record')} it would be kept; displaced by at most ${displacement}`;
};

/** Faults, reshards and retries whose time overlaps what a finding is about. */
export const nearSentence = ({ near: { faults, reshards, retries } }: Finding): string | undefined => {
  const parts = [
    faults.length === 0 ? undefined : `a fault (${faults.map((line) => `line ${line}`).join(', ')})`,
    reshards.length === 0 ? undefined : `reshard ${reshards.join(', ')}`,
    retries.length === 0 ? undefined : `sent again as op ${retries.join(', ')}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `near it: ${parts.join('; ')}`;
};

const count = (number: number, what: string): string =>
  `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`;

const percent = (rate: number): string => `${Number((rate * 100).toPrecision(2))} %`;
