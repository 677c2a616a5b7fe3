import type { FoundInShards } from '../index/totals.ts';
import { listedMax } from '../judge/listed.ts';
import type { Delivered } from './delivered.ts';
import type { ChainFront, ShardFront } from './shard-front.ts';
import type { Spill } from './spills.ts';

type Kept = Pick<Delivered, 'flow' | 'n'>;

/**
 * Records that readers get once more because they begin again. How many there are follows from where chains begin and
 * end. Of the first, as many as a verdict lists, the records are kept.
 */
export class KeptAgain {
  /** By the first chain of a reader in a shard. */
  readonly #kept = new Map<ChainFront, Kept[]>();

  /** Takes a record of a chain whose reader began again. */
  note(chain: ChainFront, { flow, n }: Kept): void {
    const { count, root, coveredFrom, coveredTo } = chain;
    if (count <= coveredFrom || count > coveredTo) return;
    const own = this.#kept.get(root) ?? [];
    this.#kept.set(root, own);
    if (own.length < listedMax) own.push({ flow, n });
  }

  /**
   * Called after the last line. `isMarker`: flows of sentinels. `isCounted`: true for readers that may not begin
   * again.
   */
  keep(spill: Spill, isMarker: ReadonlySet<number>, isCounted: (chain: ChainFront) => boolean): void {
    const groups = [...this.#kept]
      .filter(([chain]) => isCounted(chain))
      .sort(([one], [other]) => one.order - other.order);
    for (const record of groups.flatMap(([, kept]) => kept).slice(0, listedMax))
      spill(isMarker.has(record.flow) ? 'all' : record, 'a record that a reader was given again');
  }
}

/** How many records readers of these shards got again. A text says why that is unknown. */
export const givenAgain = (
  shards: readonly ShardFront[],
  isCounted: (chain: ChainFront) => boolean,
): FoundInShards | string => {
  let found = 0;
  const met: number[] = [];
  for (const { id, chains, hasAgain } of shards) {
    if (!hasAgain) continue;
    met.push(id);
    for (const chain of chains) {
      if (chain.before === undefined || !chain.isPlaced) continue;
      const { begun, count, coveredFrom, coveredTo } = chain;
      if (count < coveredFrom && begun < coveredFrom) return 'a reader that began again before all that it was given';
      if (isCounted(chain)) found += Math.max(0, Math.min(count, coveredTo) - Math.max(begun, coveredFrom));
    }
  }
  return { found, shards: found === 0 ? [] : met };
};
