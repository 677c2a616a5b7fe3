import type { AnomalyId } from '../../model/anomaly.ts';

/** What shards declare of themselves: every part and every slice has all of it, and finds what is wrong with it. */
export const ofTopology: ReadonlySet<AnomalyId> = new Set([
  'hash-hole',
  'hash-overlap',
  'bad-parentage',
  'open-parent',
  'topology-mutation',
]);
