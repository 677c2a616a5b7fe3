import type { Head } from '../../model/event.ts';

/**
 * How long a stored record may stay unseen, in microseconds. The head has it in milliseconds; the default is 5000.
 */
export const settleOf = (head: Head | undefined): number => (head?.tolerances?.settleMs ?? 5000) * 1000;
