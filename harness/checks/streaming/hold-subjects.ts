import { aboveOf } from '../index/kinship.ts';
import type { Lineage } from '../index/lineage.ts';
import { countedRoleOf } from './hold-readers.ts';
import type { StreamingRun } from './streaming-run.ts';
import type { SubjectFront } from './subject-front.ts';
import type { SubjectGroup } from './subject-group.ts';

/**
 * Called at the end. Spills everything unless each consumer under test got what the final reader got, parents before
 * children.
 */
export const holdSubjects = (run: StreamingRun, lineage: Lineage): void => {
  if (!run.subjects.isAny) return;
  const odd = oddOf(run, lineage);
  if (odd !== undefined) run.spill('all', odd);
};

const oddOf = (run: StreamingRun, lineage: Lineage): string | undefined => {
  if (countedRoleOf(run) !== 'final') return 'a consumer under test without a final reader';
  if (run.hasAggregates) return 'a consumer under test, and aggregates';
  if (run.tables.snapshots.length === 0) return 'a consumer under test without a list of shards';
  for (const group of run.subjects.groups) {
    if (!isGivenAll(run, group)) return 'a consumer under test that was given other records than the final reader';
    const odd = oddOrder(group, lineage) ?? (group.hasDone ? oddDone(group, lineage) : undefined);
    if (odd !== undefined) return odd;
  }
  return undefined;
};

const isGivenAll = ({ shards, subjects }: StreamingRun, group: SubjectGroup): boolean => {
  const read = shards.filter(({ count }) => count > 0);
  if (group.fronts.filter(({ given }) => given.count > 0).length !== read.length) return false;
  return read.every(({ id }) => subjects.isGivenAll(group, id));
};

const oddDone = (group: SubjectGroup, lineage: Lineage): string | undefined => {
  const isAll = group.fronts.every(({ given, done }) => done.isSame(given));
  if (!isAll) return 'a record that was not done';
  return isOrdered(group, lineage, ({ done }) => done)
    ? undefined
    : 'a record of a child that was done before its parent';
};

const oddOrder = (group: SubjectGroup, lineage: Lineage): string | undefined =>
  isOrdered(group, lineage, ({ given }) => given) ? undefined : 'a child that was delivered before its parent';

/** True if the first line of each shard is behind the last line of all its ancestors. */
const isOrdered = (
  group: SubjectGroup,
  lineage: Lineage,
  walkOf: (front: SubjectFront) => SubjectFront['given'],
): boolean => {
  const lineOf = (shard: number): number | undefined => {
    const front = group.known(shard);
    const line = front === undefined ? 0 : walkOf(front).lastLine;
    return line === 0 ? undefined : line;
  };
  const { best } = aboveOf(lineage, lineOf, (one, other) => one > other);
  return lineage.shards.every((_, shard) => {
    const front = group.known(shard);
    const first = front === undefined ? 0 : walkOf(front).firstLine;
    return first === 0 || (best(shard) ?? 0) < first;
  });
};
