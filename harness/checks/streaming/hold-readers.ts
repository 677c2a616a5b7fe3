import type { ReaderRole } from '../../model/event.ts';
import type { ChainFront } from './shard-front.ts';
import type { StreamingRun } from './streaming-run.ts';

/**
 * Called at the end. Spills everything unless all readers of a shard got the same, and those that count for order got
 * all.
 */
export const holdReaders = (run: StreamingRun): void => {
  for (const shard of run.shards) {
    if ((run.subjects.isAny || run.hasAggregates) && (shard.hasMidStream || shard.hasAgain))
      run.spill('all', 'a reader that begins in between, or again, and a consumer under test or aggregates');
    if (!shard.chains.every(({ verified, count }) => verified === count))
      run.spill('all', 'a reader that is behind another one');
    run.readers.midStream.finish(shard);
    for (const chain of shard.chains) run.readers.holdBehind(chain);
  }
  if (!isReadByCounted(run)) run.spill('all', 'a record that only readers of another role read');
};

/** True if it is a finding when the chain gets records again. The client of a consumer under test may begin again. */
export const countedAgain =
  ({ tables: { readerSays } }: StreamingRun) =>
  ({ reader }: ChainFront): boolean =>
    readerSays.get(reader)?.of === undefined;

const roleOf = ({ tables }: StreamingRun, { reader }: ChainFront): ReaderRole => tables.roles.get(reader) ?? 'live';

/** The role of the readers that count for order: final, else live. Undefined if nobody read anything. */
export const countedRoleOf = (run: StreamingRun): ReaderRole | undefined => {
  const chains = run.shards.flatMap((shard) => shard.chains.filter(({ count }) => count > 0));
  const roles = new Set(chains.map((chain) => roleOf(run, chain)));
  return (['final', 'live'] as const).find((role) => roles.has(role));
};

/** True if the readers that count for order read everything that any reader read. */
const isReadByCounted = (run: StreamingRun): boolean => {
  const counted = countedRoleOf(run);
  const read = run.shards.filter(({ count }) => count > 0);
  return read.every(({ chains, count }) =>
    chains.some((chain) => chain.isWhole && chain.isPlaced && chain.count === count && roleOf(run, chain) === counted),
  );
};
