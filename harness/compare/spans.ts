import type { Observation } from './latencies.ts';
import type { Timing } from './timing.ts';

/** The times from one moment of each record to another one, for records that have both. */
export const spansOf = (
  timings: readonly Timing[],
  from: 'due' | 'sent',
  to: 'acked' | 'delivered',
): readonly Observation[] =>
  timings.flatMap((timing) => {
    const end = timing[to];
    return end === undefined ? [] : [{ dueUs: timing.due, latencyUs: end - timing[from] }];
  });
