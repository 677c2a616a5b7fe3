/**
 * What one reader provably went through of one shard: chains that join (one goes on at or after a record that the one
 * before delivered, or from the same start when nothing was delivered) make one segment. A number behind that record
 * will do, such as a ContinuationSequenceNumber, where nothing is known to lie between the two. Contract, 7.
 */
export type Segment = {
  readonly reader: number;
  readonly shard: number;
  readonly chains: number[];
  /** It began at TRIM_HORIZON: coverage reaches back to the shard's beginning. */
  isFromTrim: boolean;
  /**
   * It began where nothing of the run can lie before: at TRIM_HORIZON, or at a position known to lie before the run's
   * first put.
   */
  isFromStart: boolean;
  /** Distinct delivered positions, ascending. */
  delivered: number[];
  /** Smallest and largest of them; -1 when nothing was delivered. */
  low: number;
  high: number;
  /** `more: false` was answered. */
  isEnded: boolean;
  /** The page that ended it, or -1. */
  endPage: number;
};
