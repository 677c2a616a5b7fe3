import type { AnomalyId } from '../../model/anomaly.ts';
import type { Check } from '../check.ts';
import { abortedRead } from './aborted-read.ts';
import { ackMismatch } from './ack-mismatch.ts';
import { arrivalRegression } from './arrival-regression.ts';
import { badParentage } from './bad-parentage.ts';
import { bookmarkBroken } from './bookmark-broken.ts';
import { checkpointAhead } from './checkpoint-ahead.ts';
import { checkpointBack } from './checkpoint-back.ts';
import { childBeforeParent } from './child-before-parent.ts';
import { corruption } from './corruption.ts';
import { counterGap } from './counter-gap.ts';
import { duplicate } from './duplicate.ts';
import { effectDuplicate } from './effect-duplicate.ts';
import { effectReorder } from './effect-reorder.ts';
import { expiredUnread } from './expired-unread.ts';
import { fetchedNotDelivered } from './fetched-not-delivered.ts';
import { hashHole } from './hash-hole.ts';
import { hashOverlap } from './hash-overlap.ts';
import { inconsistentOffsets } from './inconsistent-offsets.ts';
import { intNonmonotonicPoll } from './int-nonmonotonic-poll.ts';
import { intNonmonotonicSend } from './int-nonmonotonic-send.ts';
import { intSendSkip } from './int-send-skip.ts';
import { keyReorder } from './key-reorder.ts';
import { lineageSeqRegression } from './lineage-seq-regression.ts';
import { lostInView } from './lost-in-view.ts';
import { lostWrite } from './lost-write.ts';
import { mispartitioned } from './mispartitioned.ts';
import { nonmonotonicPoll } from './nonmonotonic-poll.ts';
import { nonmonotonicSend } from './nonmonotonic-send.ts';
import { nonmonotonicSession } from './nonmonotonic-session.ts';
import { openParent } from './open-parent.ts';
import { phantom } from './phantom.ts';
import { pollSkip } from './poll-skip.ts';
import { prematureShardEnd } from './premature-shard-end.ts';
import { reDelivery } from './re-delivery.ts';
import { readFromTheFuture } from './read-from-the-future.ts';
import { readerDivergence } from './reader-divergence.ts';
import { realtimeAppendOrder } from './realtime-append-order.ts';
import { recovered } from './recovered.ts';
import { responseMisalignment } from './response-misalignment.ts';
import { resumableBroken } from './resumable-broken.ts';
import { seqCollision } from './seq-collision.ts';
import { seqOutOfRange } from './seq-out-of-range.ts';
import { shardEncoding } from './shard-encoding.ts';
import { snfoBroken } from './snfo-broken.ts';
import { splitKey } from './split-key.ts';
import { straySubRecord } from './stray-sub-record.ts';
import { stuckShardEnd } from './stuck-shard-end.ts';
import { subjectClaim } from './subject-claim.ts';
import { subjectDiscard } from './subject-discard.ts';
import { subjectDuplicate } from './subject-duplicate.ts';
import { subjectLoss } from './subject-loss.ts';
import { subjectReorder } from './subject-reorder.ts';
import { topologyMutation } from './topology-mutation.ts';
import { twoOwners } from './two-owners.ts';
import { undeliverable } from './undeliverable.ts';
import { unseen } from './unseen.ts';
import { writeToClosed } from './write-to-closed.ts';
import { zombieAppend } from './zombie-append.ts';

/** Every anomaly of the catalogue, in its order. Adding one: a file and a line. */
export const checks = {
  'inconsistent-offsets': inconsistentOffsets,
  duplicate: duplicate,
  'seq-collision': seqCollision,
  'ack-mismatch': ackMismatch,
  corruption: corruption,
  phantom: phantom,
  'aborted-read': abortedRead,
  'read-from-the-future': readFromTheFuture,
  'seq-out-of-range': seqOutOfRange,
  'response-misalignment': responseMisalignment,
  'arrival-regression': arrivalRegression,
  'int-nonmonotonic-poll': intNonmonotonicPoll,
  'nonmonotonic-poll': nonmonotonicPoll,
  're-delivery': reDelivery,
  'poll-skip': pollSkip,
  'resumable-broken': resumableBroken,
  'reader-divergence': readerDivergence,
  'bookmark-broken': bookmarkBroken,
  'premature-shard-end': prematureShardEnd,
  'stuck-shard-end': stuckShardEnd,
  'nonmonotonic-session': nonmonotonicSession,
  'lost-write': lostWrite,
  unseen: unseen,
  recovered: recovered,
  'lost-in-view': lostInView,
  'expired-unread': expiredUnread,
  'counter-gap': counterGap,
  'nonmonotonic-send': nonmonotonicSend,
  'snfo-broken': snfoBroken,
  'realtime-append-order': realtimeAppendOrder,
  'int-nonmonotonic-send': intNonmonotonicSend,
  'int-send-skip': intSendSkip,
  'key-reorder': keyReorder,
  'zombie-append': zombieAppend,
  mispartitioned: mispartitioned,
  'split-key': splitKey,
  'write-to-closed': writeToClosed,
  'shard-encoding': shardEncoding,
  'hash-hole': hashHole,
  'hash-overlap': hashOverlap,
  'open-parent': openParent,
  'bad-parentage': badParentage,
  'lineage-seq-regression': lineageSeqRegression,
  'child-before-parent': childBeforeParent,
  'subject-loss': subjectLoss,
  'subject-reorder': subjectReorder,
  'subject-duplicate': subjectDuplicate,
  'checkpoint-ahead': checkpointAhead,
  'checkpoint-back': checkpointBack,
  'two-owners': twoOwners,
  'effect-reorder': effectReorder,
  'effect-duplicate': effectDuplicate,
  'fetched-not-delivered': fetchedNotDelivered,
  'subject-discard': subjectDiscard,
  'subject-claim': subjectClaim,
  'stray-sub-record': straySubRecord,
  undeliverable: undeliverable,
  'topology-mutation': topologyMutation,
} as const satisfies Record<AnomalyId, Check>;
