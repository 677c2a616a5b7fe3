import type { Latencies } from './latencies.ts';
import type { Row } from './result.ts';

/** A metric of `--fail-if`. A time is a percentile of latencies and has an interval; a count has none. */
export type Metric =
  | { readonly kind: 'time'; readonly share: number; readonly of: (row: Row) => Latencies }
  | { readonly kind: 'count'; readonly of: (row: Row) => number | undefined };

const acked = (share: number): Metric => ({ kind: 'time', share, of: ({ dueToAcked }) => dueToAcked });
const read = (share: number): Metric => ({ kind: 'time', share, of: ({ dueToDelivered }) => dueToDelivered });
const count = (of: (row: Row) => number | undefined): Metric => ({ kind: 'count', of });
const per1000 = (of: (row: Row) => number): Metric =>
  count((row) => (row.stored === 0 ? undefined : (of(row) / row.stored) * 1000));

export const metrics = {
  p50: acked(0.5),
  p90: acked(0.9),
  p99: acked(0.99),
  'p99.9': acked(0.999),
  'read-p50': read(0.5),
  'read-p99': read(0.99),
  'read-p99.9': read(0.999),
  inversions: count(({ order }) => (order.pairs === 0 ? undefined : order.inversions)),
  copies: count(({ duplicates }) => duplicates),
  lost: count(({ losses }) => losses),
  calls: per1000(({ calls }) => calls),
  units: per1000(({ units }) => units),
  throttled: count(({ throttledCalls }) => throttledCalls),
  sustained: count(({ sustained }) => sustained?.rate),
} as const satisfies Record<string, Metric>;
