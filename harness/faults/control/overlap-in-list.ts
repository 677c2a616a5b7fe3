import { textIn } from '../../lib/text-in.ts';
import { defineFault } from '../define-fault.ts';
import { needsLister } from './control-options.ts';
import { lieOptions, listLie, partOf } from './list-lie.ts';

/** Lists the children of a split with hash ranges that overlap. */
export const overlapInList = defineFault({
  type: 'overlap-in-list',
  at: 'list',
  lasts: true,
  summary: 'lists of shards show the children of a split with hash ranges that overlap',
  planted: ['hash-overlap'],
  options: lieOptions,
  conflicts: needsLister,
  arm: (options, tools) =>
    listLie(options, tools, (shards) => {
      const children = shards.filter((shard) => textIn(shard, 'ParentShardId') !== undefined);
      if (children.length < 2) return undefined;
      const starts = children.map((shard) => BigInt(partOf(shard, 'HashKeyRange')['StartingHashKey'] ?? '0'));
      const lowest = String(starts.reduce((least, start) => (start < least ? start : least)));
      const widened = (shard: (typeof shards)[number]) => ({
        ...shard,
        HashKeyRange: { ...partOf(shard, 'HashKeyRange'), StartingHashKey: lowest },
      });
      return shards.map((shard) => (children.includes(shard) ? widened(shard) : shard));
    }),
});
