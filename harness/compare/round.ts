import type { HistoryVerdict } from '../model/verdict.ts';
import type { Measured } from './timing.ts';

/** One round of one arm: the verdict on its history, and the measurements. */
export type Round = { readonly verdict: HistoryVerdict; readonly measured: Measured };
