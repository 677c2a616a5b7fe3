import { arrivalStepMs } from './arrival-step.ts';
import { clockSkewOf } from './clocks.ts';
import { dueAt } from './due-at.ts';
import { firstArrivedSince, firstSentAfter } from './first-sent-after.ts';
import type { Chain } from './tables.ts';
import { acksAt, type View } from './view.ts';

/**
 * Where an iterator begins that delivered nothing so far. `from`: the first place that may be ahead of it. `owes`:
 * true for the places from there on that surely are; absent: all are.
 */
export type Start = { readonly from: number; readonly owes?: (position: number) => boolean };

/** Undefined: unknown. AT_TIMESTAMP begins at the first record that arrived in time, and goes on by number. */
export const startOf = (view: View, chain: Chain): Start | undefined => {
  const { type, at, t } = chain.from;
  if (type === 'LATEST') {
    if (t === undefined) return undefined;
    const since = t + clockSkewOf(view.tables.head);
    return { from: firstSentAfter(view, chain.shard, since), owes: (position) => isSentAfter(view, position, since) };
  }
  if (type === 'AT_TIMESTAMP') {
    return at === undefined ? undefined : { from: firstArrivedSince(view, chain.shard, at + arrivalStepMs(view)) };
  }
  const from = dueAt(view.positions, chain);
  return from === undefined ? undefined : { from };
};

export const isSentAfter = (view: View, position: number, t: number): boolean => {
  for (const entry of acksAt(view, position)) if (view.tables.opT.at(view.tables.entryOp.at(entry)) > t) return true;
  return false;
};
