import { isSureOrder, type Stamp, stampOfDelivery, stampOfReport } from './machines.ts';
import { owedOf } from './owed.ts';
import type { Checkpoint, Group, Saying, Subjects } from './subjects.ts';

export type Ahead = {
  readonly item: number;
  readonly position: number;
  readonly checkpoint: Checkpoint;
  readonly handledLine: number;
};

/**
 * Records of S with the first checkpoint that passed them before the application got them (or did them, if it reports
 * that). Contract, rule 16.
 */
export function* aheadOf(subjects: Subjects, group: Group): Generator<Ahead> {
  if (group.checkpoints.length === 0) return;
  const { view } = subjects;
  const handled = handledBy(subjects, group);
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
    if (checkpoint === undefined) continue;
    const one = handled.get(item);
    const handledLine = one?.line ?? Number.POSITIVE_INFINITY;
    if (checkpoint.line >= handledLine) continue;
    if (one === undefined || isSureOrder(subjects, stampOfReport(checkpoint.reported), one.stamp()))
      yield { item, position, checkpoint, handledLine };
  }
}

type Handled = { readonly line: number; readonly stamp: () => Stamp };

/** A discard counts as delivered and done. */
const handledBy = (subjects: Subjects, group: Group): ReadonlyMap<number, Handled> => {
  const first = new Map<number, Handled>();
  const note = (item: number, one: Handled): void => {
    if (one.line < (first.get(item)?.line ?? Number.POSITIVE_INFINITY)) first.set(item, one);
  };
  const say = ({ item, line, reported }: Saying): void => note(item, { line, stamp: () => stampOfReport(reported) });
  if (group.dones.length > 0) group.dones.forEach(say);
  else
    for (const one of group.deliveries.firsts())
      note(one.item, { line: one.line, stamp: () => stampOfDelivery(subjects, one) });
  group.discards.forEach(say);
  return first;
};

/** Index of the first that is not below `position`. `tops` ascend. */
const firstFrom = (tops: readonly number[], position: number): number => {
  let [low, high] = [0, tops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
};
