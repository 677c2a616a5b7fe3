import type { HistoryVerdict } from '../model/verdict.ts';

/**
 * True if any records can be compared, or something else is undecided. A stream without two comparable records tests
 * nothing, and does not change the verdict.
 */
export const isOrderTested = ({ order, verdict, complete, counts }: HistoryVerdict): boolean =>
  verdict !== 'unknown' || !complete || counts.unseen > 0 || order.kept !== null;
