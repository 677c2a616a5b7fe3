import { seededRandom } from '../lib/random.ts';
import type { Fault } from './fault.ts';

/**
 * Each fault draws a lot of its own; the lowest comes first. So neither the order of a list nor a new fault changes
 * what a seed draws for the others: a new fault only takes the calls for which its lot is the lowest.
 */
export const lotsOf = (
  faults: readonly Fault[],
  seed: string,
): readonly { readonly fault: Fault; readonly lot: number }[] =>
  faults
    .map((fault) => ({ fault, lot: seededRandom(`${seed}/${fault.type}`).next() }))
    .toSorted((a, b) => a.lot - b.lot);
