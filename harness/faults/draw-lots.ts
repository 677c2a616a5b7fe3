import { seededRandom } from '../lib/random.ts';
import type { Fault } from './fault.ts';

/**
 * The faults in the order of their lots, the lowest first. Each fault draws its own lot. So the order of the list, or
 * a new fault, does not change what a seed draws for the others: a new fault only takes the calls for which its lot is
 * the lowest.
 */
export const lotsOf = (
  faults: readonly Fault[],
  seed: string,
): readonly { readonly fault: Fault; readonly lot: number }[] =>
  faults
    .map((fault) => ({ fault, lot: seededRandom(`${seed}/${fault.type}`).next() }))
    .toSorted((a, b) => a.lot - b.lot);
