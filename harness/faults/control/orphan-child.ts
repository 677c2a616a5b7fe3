import { textIn } from '../../lib/text-in.ts';
import { defineFault } from '../define-fault.ts';
import { needsLister } from './control-options.ts';
import { lieOptions, listLie } from './list-lie.ts';

/** Lists the children of a reshard without their parents. */
export const orphanChild = defineFault({
  type: 'orphan-child',
  at: 'list',
  lasts: true,
  summary: 'a list of shards shows the children of a reshard without their parents',
  planted: ['bad-parentage'],
  options: lieOptions,
  conflicts: needsLister,
  arm: (options, tools) =>
    listLie(options, tools, (shards) => {
      if (!shards.some((shard) => textIn(shard, 'ParentShardId') !== undefined)) return undefined;
      return shards.map(({ ParentShardId: _, AdjacentParentShardId: __, ...shard }) => shard);
    }),
});
