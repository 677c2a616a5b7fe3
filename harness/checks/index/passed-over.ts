import { owedOf } from './owed.ts';
import type { Checkpoint, Group, Subjects } from './subjects.ts';

export type Ahead = {
  readonly item: number;
  readonly position: number;
  readonly checkpoint: Checkpoint;
  readonly handledLine: number;
};

/**
 * Records of S with the first checkpoint that passed them before they were given (done, where the application tells of
 * that). Contract, rule 16.
 */
export function* aheadOf(subjects: Subjects, group: Group): Generator<Ahead> {
  const { view } = subjects;
  const handled = handledLines(group);
  const shards = new Map<number, { readonly checkpoints: Checkpoint[]; readonly tops: number[] }>();
  for (const checkpoint of group.checkpoints) {
    const own = shards.get(checkpoint.shard) ?? { checkpoints: [], tops: [] };
    shards.set(checkpoint.shard, own);
    own.checkpoints.push(checkpoint);
    own.tops.push(Math.max(own.tops.at(-1) ?? -1, checkpoint.upTo));
  }
  for (const [item, position] of owedOf(subjects, group).places) {
    const own = shards.get(view.positions.shard.at(position));
    const checkpoint = own?.checkpoints[firstFrom(own.tops, position)];
    const handledLine = handled.get(item) ?? Number.POSITIVE_INFINITY;
    if (checkpoint !== undefined && checkpoint.line < handledLine) yield { item, position, checkpoint, handledLine };
  }
}

/** A discard counts as delivered and done. */
const handledLines = (group: Group): ReadonlyMap<number, number> => {
  const lines = new Map<number, number>();
  const events = group.dones.length > 0 ? group.dones : group.first.values();
  for (const { item, line } of events) if (!lines.has(item)) lines.set(item, line);
  for (const { item, line } of group.discards) lines.set(item, Math.min(line, lines.get(item) ?? line));
  return lines;
};

/** Index of the first that is not below; they ascend. */
const firstFrom = (tops: readonly number[], position: number): number => {
  let [low, high] = [0, tops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
};
