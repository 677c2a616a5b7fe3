import { type AnomalyId, anomalyIds } from '../../model/anomaly.ts';
import { checks } from '../catalogue/registry.ts';
import type { View } from '../index/view.ts';
import { skippedBecause } from '../judge/expectations.ts';
import type { JudgeOptions } from '../judge/options.ts';

/**
 * What the streaming reading knows of each claim at the end of a history.
 * `settled`: it has proved that nothing can be found, or it has stopped.
 * `set-aside`: whatever could be found was set aside, and the check is asked about that.
 * `whole`: it knows nothing; the full judge must run. A new check begins here, since this is always right.
 */
type Proof = 'settled' | 'set-aside' | 'whole';

export const proofs = {
  'inconsistent-offsets': 'settled',
  duplicate: 'set-aside',
  'seq-collision': 'settled',
  'ack-mismatch': 'set-aside',
  corruption: 'set-aside',
  phantom: 'set-aside',
  'aborted-read': 'set-aside',
  'read-from-the-future': 'set-aside',
  'seq-out-of-range': 'settled',
  'response-misalignment': 'settled',
  'arrival-regression': 'settled',
  'int-nonmonotonic-poll': 'settled',
  'nonmonotonic-poll': 'settled',
  're-delivery': 'settled',
  'poll-skip': 'set-aside',
  'resumable-broken': 'settled',
  'reader-divergence': 'settled',
  'bookmark-broken': 'settled',
  'premature-shard-end': 'settled',
  'stuck-shard-end': 'settled',
  'nonmonotonic-session': 'settled',
  'lost-write': 'set-aside',
  unseen: 'set-aside',
  recovered: 'set-aside',
  'lost-in-view': 'settled',
  'expired-unread': 'settled',
  'counter-gap': 'set-aside',
  'nonmonotonic-send': 'set-aside',
  'snfo-broken': 'set-aside',
  'realtime-append-order': 'settled',
  'int-nonmonotonic-send': 'set-aside',
  'int-send-skip': 'settled',
  'key-reorder': 'set-aside',
  'zombie-append': 'set-aside',
  mispartitioned: 'set-aside',
  'split-key': 'set-aside',
  'write-to-closed': 'set-aside',
  'shard-encoding': 'settled',
  'hash-hole': 'settled',
  'hash-overlap': 'settled',
  'open-parent': 'settled',
  'bad-parentage': 'settled',
  'lineage-seq-regression': 'settled',
  'child-before-parent': 'settled',
  'subject-loss': 'whole',
  'subject-reorder': 'whole',
  'subject-duplicate': 'whole',
  'checkpoint-ahead': 'whole',
  'checkpoint-back': 'whole',
  'two-owners': 'whole',
  'effect-reorder': 'whole',
  'effect-duplicate': 'whole',
  'fetched-not-delivered': 'whole',
  'subject-discard': 'whole',
  'subject-claim': 'whole',
  'stray-sub-record': 'whole',
  undeliverable: 'whole',
  'topology-mutation': 'settled',
} as const satisfies Record<AnomalyId, Proof>;

type Proofs = Readonly<Record<AnomalyId, Proof>>;

/** May a finding of this claim stand in a verdict of the streaming reading? */
export const mayBeSetAside = (id: AnomalyId): boolean => (proofs as Proofs)[id] === 'set-aside';

/**
 * A selected claim that applies to this history, and that only the full judge can decide; undefined: there is none.
 */
export const needsWhole = (view: View, options: JudgeOptions, known: Proofs = proofs): AnomalyId | undefined =>
  anomalyIds.find(
    (id) =>
      known[id] === 'whole' &&
      skippedBecause(view.tables.head, id, options) === undefined &&
      checks[id].notApplicable?.(view) === undefined,
  );
