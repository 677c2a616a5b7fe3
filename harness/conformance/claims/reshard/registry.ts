import type { Claim } from '../../claim.ts';
import { aClosedShardTakesNoRecords } from './a-closed-shard-takes-no-records.ts';
import { createWithoutModeIsProvisioned } from './create-without-mode-is-provisioned.ts';
import { endingNumberIsNotBelowTheStart } from './ending-number-is-not-below-the-start.ts';
import { lineageIsKept } from './lineage-is-kept.ts';
import { mergeMakesOneChild } from './merge-makes-one-child.ts';
import { mergeNeedsNeighbours } from './merge-needs-neighbours.ts';
import { mergeWithItself } from './merge-with-itself.ts';
import { mergedChildReceivesBothRanges } from './merged-child-receives-both-ranges.ts';
import { onDemandStartsWithFourShards } from './on-demand-starts-with-four-shards.ts';
import { onDemandStreamsCannotBeSplit } from './on-demand-streams-cannot-be-split.ts';
import { openShardsHaveNoEndingNumber } from './open-shards-have-no-ending-number.ts';
import { recordsStayThroughAReshard } from './records-stay-through-a-reshard.ts';
import { shardsTileTheHashKeys } from './shards-tile-the-hash-keys.ts';
import { splitAtTheNewHashKey } from './split-at-the-new-hash-key.ts';
import { splitLeavesKeysToBothChildren } from './split-leaves-keys-to-both-children.ts';
import { splitMakesTwoChildren } from './split-makes-two-children.ts';
import { splitOfAClosedShard } from './split-of-a-closed-shard.ts';
import { splitOutsideTheRange } from './split-outside-the-range.ts';
import { startingNumbersHold } from './starting-numbers-hold.ts';
import { uniformScalingIsUniform } from './uniform-scaling-is-uniform.ts';
import { updateShardCountAboveDouble } from './update-shard-count-above-double.ts';
import { updateShardCountBelowHalf } from './update-shard-count-below-half.ts';
import { updateShardCountDoubles } from './update-shard-count-doubles.ts';
import { updateShardCountHalves } from './update-shard-count-halves.ts';
import { writesGoOnWhileUpdating } from './writes-go-on-while-updating.ts';

export const reshardClaims = {
  'a-closed-shard-takes-no-records': aClosedShardTakesNoRecords,
  'create-without-mode-is-provisioned': createWithoutModeIsProvisioned,
  'ending-number-is-not-below-the-start': endingNumberIsNotBelowTheStart,
  'lineage-is-kept': lineageIsKept,
  'merge-makes-one-child': mergeMakesOneChild,
  'merge-needs-neighbours': mergeNeedsNeighbours,
  'merge-with-itself': mergeWithItself,
  'merged-child-receives-both-ranges': mergedChildReceivesBothRanges,
  'on-demand-starts-with-four-shards': onDemandStartsWithFourShards,
  'on-demand-streams-cannot-be-split': onDemandStreamsCannotBeSplit,
  'open-shards-have-no-ending-number': openShardsHaveNoEndingNumber,
  'records-stay-through-a-reshard': recordsStayThroughAReshard,
  'shards-tile-the-hash-keys': shardsTileTheHashKeys,
  'split-at-the-new-hash-key': splitAtTheNewHashKey,
  'split-leaves-keys-to-both-children': splitLeavesKeysToBothChildren,
  'split-makes-two-children': splitMakesTwoChildren,
  'split-of-a-closed-shard': splitOfAClosedShard,
  'split-outside-the-range': splitOutsideTheRange,
  'starting-numbers-hold': startingNumbersHold,
  'uniform-scaling-is-uniform': uniformScalingIsUniform,
  'update-shard-count-above-double': updateShardCountAboveDouble,
  'update-shard-count-below-half': updateShardCountBelowHalf,
  'update-shard-count-doubles': updateShardCountDoubles,
  'update-shard-count-halves': updateShardCountHalves,
  'writes-go-on-while-updating': writesGoOnWhileUpdating,
} as const satisfies Record<string, Claim>;
