import type { AnomalyId } from '../../model/anomaly.ts';

/**
 * Claims about what shards declare. Every part and every slice has all declarations, and finds what is wrong with
 * them.
 */
export const ofTopology: ReadonlySet<AnomalyId> = new Set([
  'hash-hole',
  'hash-overlap',
  'bad-parentage',
  'open-parent',
  'topology-mutation',
]);
