import type { Identity } from '../../model/event.ts';

/** Contract, `identity`: an object without `counter` says that numbers may be left out. */
export const counterOf = (identity: Identity | undefined): { readonly isSparse: boolean; readonly first: number } => {
  const isSparse = identity !== undefined && identity.counter !== 'dense';
  return { isSparse, first: isSparse ? 0 : (identity?.first ?? 0) };
};
