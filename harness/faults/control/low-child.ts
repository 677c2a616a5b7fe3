import { defineFault } from '../define-fault.ts';
import { needsLister } from './control-options.ts';
import { lieOptions, listLie, partOf } from './list-lie.ts';

/** Lists the children of a reshard with the starting sequence number of their parent. */
export const lowChild = defineFault({
  type: 'low-child',
  at: 'list',
  lasts: true,
  summary: "a list of shards shows children that start at their parent's first number",
  planted: ['lineage-seq-regression'],
  options: lieOptions,
  conflicts: needsLister,
  arm: (options, tools) =>
    listLie(options, tools, (shards) => {
      const starts = new Map(
        shards.map((shard) => [shard['ShardId'], partOf(shard, 'SequenceNumberRange')['StartingSequenceNumber']]),
      );
      if (!shards.some((shard) => starts.has(shard['ParentShardId']))) return undefined;
      return shards.map((shard) => {
        const StartingSequenceNumber = starts.get(shard['ParentShardId']);
        if (StartingSequenceNumber === undefined) return shard;
        return { ...shard, SequenceNumberRange: { ...partOf(shard, 'SequenceNumberRange'), StartingSequenceNumber } };
      });
    }),
});
