import type { Identity } from '../../model/event.ts';

/**
 * How n is counted. Contract, `identity`: absent, dense from 0 per producer and key; present without `counter`,
 * sparse: numbers may be left out.
 */
export const isDense = (identity: Identity | undefined): boolean =>
  identity === undefined || identity.counter === 'dense';
