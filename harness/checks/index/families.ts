import type { ShardInfo, TopologyEvent } from '../../model/event.ts';
import type { View } from './view.ts';

/** Topologies of a stream at rest. While its status is UPDATING, anything may be half done. */
export const restingSnapshots = (view: View): readonly { readonly line: number; readonly event: TopologyEvent }[] =>
  view.tables.snapshots.filter(({ event }) => event.status === undefined || event.status === 'ACTIVE');

export const isOpenShard = (info: ShardInfo): boolean => (info.seq?.[1] ?? null) === null;

/** Children of each shard among those listed, by id: in one list, or in several. */
export const childrenIn = (shards: readonly ShardInfo[]): ReadonlyMap<string, readonly ShardInfo[]> => {
  const children = new Map<string, ShardInfo[]>();
  for (const info of shards) {
    for (const parent of info.parents ?? []) {
      const list = children.get(parent);
      if (list === undefined) children.set(parent, [info]);
      else list.push(info);
    }
  }
  return children;
};

/** Ids of the children that any topology ever gave to a shard. */
export const childrenEver = (view: View): ReadonlyMap<string, readonly string[]> => {
  const children = childrenIn(view.tables.snapshots.flatMap(({ event }) => event.shards));
  return new Map([...children].map(([parent, infos]) => [parent, [...new Set(infos.map(({ shard }) => shard))]]));
};

/** Shards that existed when the stream was first seen at rest. The run need not explain what was before it. */
export const firstListed = (view: View): ReadonlySet<string> => {
  const inherited = new Set<string>();
  const resting = new Set(restingSnapshots(view));
  for (const snapshot of view.tables.snapshots) {
    for (const { shard } of snapshot.event.shards) inherited.add(shard);
    if (resting.has(snapshot) && inherited.size > 0) break;
  }
  return inherited;
};

export const noTopology = (view: View): string | undefined =>
  view.tables.snapshots.length > 0 ? undefined : 'no topology was recorded';

/**
 * True if a reshard was planned by the scenario, or called. If it never happened, claims are unknown, not
 * inapplicable.
 */
export const isReshardPlanned = (view: View): boolean => {
  const planned = view.tables.head?.scenario?.['reshard'];
  return (Array.isArray(planned) && planned.length > 0) || view.tables.reshards.size > 0;
};

/** Why claims about lineage are not applicable: no shard has a parent. Undefined if they are. */
export const noReshard = (view: View): string | undefined =>
  noTopology(view) ??
  (view.lineage.shards.some(({ parents }) => parents.length > 0) || isReshardPlanned(view)
    ? undefined
    : 'no reshard was planned, and no shard has a parent');
