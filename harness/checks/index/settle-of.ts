import type { Head } from '../../model/event.ts';

/**
 * How long what was stored may stay unseen, in microseconds; the head says it in milliseconds, 5000 without a word.
 */
export const settleOf = (head: Head | undefined): number => (head?.tolerances?.settleMs ?? 5000) * 1000;
