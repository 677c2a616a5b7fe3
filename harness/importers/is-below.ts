import { compareSequence } from '../model/sequence-number.ts';

/** True if `a` is the lower sequence number. Fast path: numbers of one stream usually have the same length. */
export const isBelow = (a: string, b: string): boolean =>
  a.length === b.length && !a.startsWith('0') && !b.startsWith('0') ? a < b : compareSequence(a, b) < 0;
