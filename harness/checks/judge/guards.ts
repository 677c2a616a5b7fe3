import type { Check } from '../check.ts';
import { keyPlacesOf } from '../view/key-places.ts';
import { orderOf } from '../view/order.ts';
import type { Reshard } from '../view/tables.ts';
import { isOk, isSentinel, isWorkload, type View } from '../view/view.ts';
import { several } from '../words.ts';

/** A run that tested nothing is not a pass. Each guard is a reason, in one sentence, why claims that were not violated are unknown. */
export const guardsOf = (view: View): readonly string[] => {
  const reasons: (string | undefined)[] = [
    notCompleted(view),
    nothingAcknowledged(view),
    nothingRead(view),
    ...unfired(view),
    ...uncrossed(view),
  ];
  return reasons.filter((reason) => reason !== undefined);
};

const notCompleted = (view: View): string | undefined => {
  const { end } = view.tables;
  if (end === undefined) return 'the history has no end: the run died, or the file was cut short';
  if (end.reason === 'completed') return undefined;
  return `the run was ${end.reason}${end.error === undefined ? '' : `: ${end.error}`}`;
};

const nothingAcknowledged = (view: View): string | undefined => {
  if (!view.hasPuts) return undefined;
  for (let entry = 0; entry < view.tables.entryOp.length; entry += 1) {
    if (isOk(view, entry) && !isSentinel(view, entry)) return undefined;
  }
  return 'nothing was acknowledged';
};

const nothingRead = (view: View): string | undefined => {
  if (!view.hasPages) return 'pages were not recorded';
  for (let record = 0; record < view.tables.records.count; record += 1) {
    if (view.recordReadHead.at(record) >= 0 && isWorkload(view, record)) return undefined;
  }
  return 'nothing was read';
};

/** An armed fault that never fired tested nothing. Counted by name and id: two armed, one fired, is one that never did. */
const unfired = (view: View): readonly string[] => {
  const counts = new Map<string, { armed: number; fired: number; never: number; name: string }>();
  for (const { event } of view.tables.faults) {
    const id = `${event.fault} ${event.id ?? ''}`;
    const count = counts.get(id) ?? { armed: 0, fired: 0, never: 0, name: event.fault };
    counts.set(id, count);
    if (event.phase === 'armed') count.armed += 1;
    if (event.phase === 'fired') count.fired += 1;
    if (event.phase === 'never-fired') count.never += 1;
  }
  return [...counts.values()]
    .filter(({ armed, fired, never }) => never > 0 || fired < armed)
    .map(({ name }) => `the fault ${name} was armed and never fired`);
};

const uncrossed = (view: View): readonly string[] => {
  const planned = view.tables.head?.scenario?.['reshard'];
  const missing = (Array.isArray(planned) ? planned.length : 0) - view.tables.reshards.size;
  const reasons = missing > 0 ? [`${several(missing, 'planned reshard')} never happened`] : [];
  if (view.tables.reshards.size === 0) return reasons;
  for (const reshard of view.tables.reshards.values()) {
    if (!isCrossed(view, reshard))
      reasons.push(`no key has records on both sides of reshard ${reshard.id} (${reshard.action})`);
  }
  return reasons;
};

/** Before it: in a shard that was resharded, or above; after it: in one that came of it, or below. Where it names no shard: in one listed later. */
const isCrossed = (view: View, { action, t, shards }: Reshard): boolean => {
  const { lineage } = view;
  const named = action === 'UpdateShardCount' ? [] : shards.map((name) => view.tables.shards.find(name));
  return crossingsOf(view).some(([above, below]) =>
    named.length > 0
      ? named.some((shard) => (above === shard || lineage.isAncestor(above, shard)) && lineage.isAncestor(shard, below))
      : (lineage.shards[below]?.listedT ?? Number.POSITIVE_INFINITY) > t,
  );
};

type Crossing = readonly [parent: number, child: number, key: number];
const known = new WeakMap<View, readonly Crossing[]>();

/** Keys with records in a shard and in one that descends from it. */
export const crossingsOf = (view: View): readonly Crossing[] => {
  const before = known.get(view);
  if (before !== undefined) return before;
  const { wide, ofKey, shard } = keyPlacesOf(view);
  const crossings: Crossing[] = [];
  for (const key of wide) {
    for (const parent of ofKey(key)) {
      for (const child of ofKey(key)) {
        if (view.lineage.isAncestor(shard.at(parent), shard.at(child)))
          crossings.push([shard.at(parent), shard.at(child), key]);
      }
    }
  }
  known.set(view, crossings);
  return crossings;
};

/** RecordDistributionStrategy AUTO: partition keys and ExplicitHashKeys are ignored. */
export const isAutomatic = (view: View): boolean => view.tables.head?.stream?.distribution === 'AUTO';

/** Why one claim cannot be said to hold, beside what holds for all. */
export const unknownFor = (view: View, check: Check): string | undefined => {
  if (check.about?.includes('order') === true && orderOf(view).pairs === 0) {
    return 'no two comparable records of one key were read';
  }
  if (check.about?.includes('keys') === true && isAutomatic(view)) {
    return 'the stream distributes records by itself (RecordDistributionStrategy AUTO): keys promise nothing';
  }
  return check.unknown?.(view);
};
