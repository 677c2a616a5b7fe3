import { neverSentWords } from '../checks/judge/guards.ts';
import { several } from '../lib/several.ts';
import type { Counts } from '../model/verdict.ts';
import { type FaultCount, isAbove, type ReshardSeen } from './slice-facts.ts';
import type { SliceReport } from './slice-report.ts';

/**
 * Why all slices together prove nothing; empty if there is no reason. If one slice did not cross a reshard or fire a
 * fault, another one may have.
 */
export const guardsOfSlices = (
  slices: readonly SliceReport[],
  { acked, read, unidentified }: Counts,
): readonly string[] => [
  ...slices.flatMap(({ history, guards, slice }) =>
    history.complete ? [] : [`slice ${slice.index}: ${guards[0] ?? 'it was not completed'}`],
  ),
  ...unsent(slices),
  ...(acked > 0 ? [] : ['nothing was acknowledged']),
  ...(read + unidentified > 0 ? [] : ['no record of the workload was read']),
  ...unfired(slices),
  ...uncrossed(slices),
];

const unsent = (slices: readonly SliceReport[]): readonly string[] => {
  const words = neverSentWords(slices.reduce((sum, { neverSent }) => sum + neverSent, 0));
  return words === undefined ? [] : [words];
};

/**
 * Faults that no slice fired, since each slice arms all faults. Faults are told apart by name and id, as in one
 * history.
 */
const unfired = (slices: readonly SliceReport[]): readonly string[] => {
  const faults = slices.flatMap(({ faults: own }) => own);
  const fired = new Set(faults.filter(hasFired).map(nameOf));
  const names = new Map(faults.map((fault) => [nameOf(fault), fault.name]));
  return [...names].filter(([one]) => !fired.has(one)).map(([, name]) => `the fault ${name} was armed and never fired`);
};

const hasFired = ({ armed, fired, never }: FaultCount): boolean => never === 0 && fired >= armed;
const nameOf = ({ name, id }: FaultCount): string => `${name} ${id ?? ''}`;

const uncrossed = (slices: readonly SliceReport[]): readonly string[] => {
  const [first] = slices as readonly [SliceReport];
  const missing = first.planned - first.reshards.length;
  const reasons = missing > 0 ? [`${several(missing, 'planned reshard')} never happened`] : [];
  for (const reshard of first.reshards)
    if (!isCrossed(reshard, slices))
      reasons.push(`no key has records on both sides of reshard ${reshard.id} (${reshard.action})`);
  return reasons;
};

/** True if a key crossed the reshard in any slice. The first slice reshards, so times of shards are on its clock. */
const isCrossed = ({ action, shards, t }: ReshardSeen, slices: readonly SliceReport[]): boolean => {
  const [{ parents, listed }] = slices as readonly [SliceReport];
  const pairs = slices.flatMap(({ crossed }) => crossed);
  if (shards.length === 0 || action === 'UpdateShardCount')
    return pairs.some(([, below]) => (listed[below] ?? Number.NEGATIVE_INFINITY) > t);
  return pairs.some(([above, below]) =>
    shards.some((named) => above === named || (isAbove(parents, above, named) && isAbove(parents, named, below))),
  );
};
