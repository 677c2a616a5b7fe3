import { isSureOrder, type Stamp, stampOfDelivery, stampOfReport } from './machines.ts';
import { owedOf } from './owed.ts';
import type { Saying } from './sayings.ts';
import type { Checkpoint, Group, Subjects } from './subjects.ts';

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
  const handledOf = handledBy(subjects, group);
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
    const one = handledOf(item);
    const handledLine = one?.line ?? Number.POSITIVE_INFINITY;
    if (checkpoint.line >= handledLine) continue;
    if (one === undefined || isSureOrder(subjects, stampOfReport(checkpoint.reported), one.stamp()))
      yield { item, position, checkpoint, handledLine };
  }
}

type Handled = { readonly line: number; readonly stamp: () => Stamp };
type HandledOf = (item: number) => Handled | undefined;

/** When each item was handled first. A discard counts as delivered and done. */
const handledBy = (subjects: Subjects, { dones, deliveries, discards }: Group): HandledOf => {
  const saidOf = ({ line, reported }: Saying): Handled => ({ line, stamp: () => stampOfReport(reported) });
  const gaveUp = new Map<number, Handled>();
  for (const one of discards) if (!gaveUp.has(one.item)) gaveUp.set(one.item, saidOf(one));
  return (item) => {
    const own = dones.length > 0 ? dones.firstOf(item) : deliveries.firstOf(item);
    const discard = gaveUp.get(item);
    if (own === undefined || (discard !== undefined && discard.line < own.line)) return discard;
    return 'reported' in own ? saidOf(own) : { line: own.line, stamp: () => stampOfDelivery(subjects, own) };
  };
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
