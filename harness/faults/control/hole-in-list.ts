import { defineFault } from '../define-fault.ts';
import { hasEnded } from '../put/shard-of-key.ts';
import { needsLister } from './control-options.ts';
import { lieOptions, listLie } from './list-lie.ts';

/** Leaves an open shard out of a list, so that a part of the hash ring belongs to no shard. */
export const holeInList = defineFault({
  type: 'hole-in-list',
  at: 'list',
  lasts: true,
  summary: 'a list of shards leaves an open shard out',
  planted: ['hash-hole'],
  options: lieOptions,
  conflicts: needsLister,
  arm: (options, tools) =>
    listLie(options, tools, (shards) => {
      const open = shards.filter((shard) => !hasEnded(shard));
      return open.length < 2 ? undefined : shards.filter((shard) => shard !== open[0]);
    }),
});
