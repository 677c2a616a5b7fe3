import { defineFault } from '../define-fault.ts';
import { hasEnded } from '../put/shard-of-key.ts';
import { needsLister } from './control-options.ts';
import { lieOptions, listLie, partOf } from './list-lie.ts';

/** Lists the parent of a reshard as open, beside its children. */
export const openParent = defineFault({
  type: 'open-parent',
  at: 'list',
  lasts: true,
  summary: 'a list of shards shows the parent of a reshard as open',
  planted: ['open-parent'],
  options: lieOptions,
  conflicts: needsLister,
  arm: (options, tools) =>
    listLie(options, tools, (shards) => {
      if (!shards.some(hasEnded)) return undefined;
      return shards.map((shard) => {
        const { EndingSequenceNumber: _, ...numbers } = partOf(shard, 'SequenceNumberRange');
        return { ...shard, SequenceNumberRange: numbers };
      });
    }),
});
