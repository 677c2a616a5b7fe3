import type { Identity } from '../../model/event.ts';
import { isDense } from '../index/counter.ts';

/** `first`: the smallest number of a flow; 0 for a sparse counter. */
export const counterOf = (identity: Identity | undefined): { readonly isSparse: boolean; readonly first: number } => {
  const isSparse = !isDense(identity);
  return { isSparse, first: isSparse ? 0 : (identity?.first ?? 0) };
};
