import { several } from '../lib/several.ts';
import type { Finding, HistoryVerdict } from '../model/verdict.ts';

/** What a run could have shown: a pass says no more than this. */
export const powerSentence = ({ power }: HistoryVerdict): string | undefined => {
  const { orderedPairs: pairs = 0, keysAcrossReshard: keys = 0, inFlight = 0, lossRate95, reorderRate95 } = power;
  if (lossRate95 === undefined) return undefined;
  const across = keys === 0 ? '' : `, ${several(keys, 'key')} across a reshard`;
  const reorder = reorderRate95 === undefined ? '' : `, and a reorder of ${percent(reorderRate95)} or more`;
  return `could show: ${several(pairs, 'ordered pair')}${across}, up to ${several(inFlight, 'call')} in flight; a loss of ${percent(lossRate95)} or more${reorder}, with 95 % certainty`;
};

/** The same of several runs: what each of them could have shown at least. Left out where something was shown. */
export const powerOfAll = (histories: readonly HistoryVerdict[]): string | undefined => {
  const open = histories.filter(({ verdict, power }) => verdict !== 'violated' && power['lossRate95'] !== undefined);
  const [only] = open;
  if (only === undefined) return undefined;
  if (open.length === 1) return powerSentence(only);
  const rates = (name: 'lossRate95' | 'reorderRate95'): readonly number[] =>
    open.flatMap(({ power }) => power[name] ?? []);
  const [loss, reorder] = [rates('lossRate95'), rates('reorderRate95')];
  const orderWords =
    reorder.length === 0 ? '' : ` and, where order is tested, a reorder from ${percent(Math.max(...reorder))}`;
  return `each could show a loss from ${percent(Math.max(...loss))}${orderWords} (95 % certainty)`;
};

/** How far a broken order is from being kept, all keys together; the headline says how often it is broken. */
export const censusSentence = ({ power }: HistoryVerdict): string | undefined => {
  const { inversions = 0, removals = 0, displacement = 0 } = power;
  if (inversions === 0) return undefined;
  return `order: it would be kept without ${several(removals, 'record')}; displaced by at most ${several(displacement, 'place')}`;
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

const percent = (rate: number): string => `${Number((rate * 100).toPrecision(2))} %`;
