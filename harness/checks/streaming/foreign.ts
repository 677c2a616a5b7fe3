import { compareLimbs } from '../../model/sequences.ts';
import type { FoundInShards } from '../index/totals.ts';
import type { Sent } from './sent.ts';
import type { ShardFront } from './shard-front.ts';

/**
 * The front gets a foreign record. A record that is acknowledged later must lie behind it; otherwise it is spilled
 * then.
 */
export const meetForeign = (sent: Sent, shard: ShardFront, limbs: Int32Array, from: number): void => {
  const { queue } = shard;
  if (queue.front() && compareLimbs(queue.ints, queue.at, limbs, from) <= 0)
    return sent.spill('all', 'a record of others at, or behind, one that was acknowledged and not read');
  if (sent.subjects.isAny) return sent.spill('all', 'a record of others, and a consumer under test');
  shard.runs.meetForeign(limbs, from, sent.tables.inFlightMax);
  // No page owes it, because its number was not acknowledged before it was read.
  shard.recent.note(shard.count + 1, Number.POSITIVE_INFINITY);
  shard.foreign += 1;
  shard.noteMin(limbs, from);
  sent.numbers.noteForeign(shard, limbs, from);
};

/** How many foreign records were read in these shards, each place once; undefined: none. */
export const foreignPlaces = (shards: readonly ShardFront[]): FoundInShards | undefined => {
  const met = shards.filter(({ foreign }) => foreign > 0);
  if (met.length === 0) return undefined;
  return { found: met.reduce((sum, { foreign }) => sum + foreign, 0), shards: met.map(({ id }) => id) };
};
