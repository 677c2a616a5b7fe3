import type { ShardInfo, TopologyEvent } from '../../model/event.ts';
import { isReversed } from '../../model/hash-key.ts';
import type { Check, Found } from '../check.ts';
import { childrenEver, childrenIn, firstListed, noReshard, restingSnapshots } from '../index/families.ts';
import type { View } from '../index/view.ts';
import { atLine, inOrder } from './phrases.ts';

/**
 * F3: children that do not take exactly their parents' hash keys, a new shard without parents, or ChildShards that the
 * topology contradicts.
 */
export const badParentage: Check = {
  summary: 'child shards do not cover exactly the hash keys of their parents',
  source:
    '"SplitShard … the two child shards together cover the same hash key range"; "MergeShards … two shards are adjacent if the union of the hash key ranges forms a contiguous set" (SDK)',
  example: 'shard 0 holds 0 … 99; its children hold 0 … 49 and 51 … 99',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine forgets the parents of a reshard, or swaps the two.',
    'UpdateShardCount made shards without a lineage.',
  ],
  todo: [
    'Do not rely on the lineage to order this stream: consumers that follow it will begin too early.',
    'Report it with the list on its line.',
  ],
  notApplicable: noReshard,
  find: function* (view: View): Generator<Found> {
    const said = new Set<string>();
    const family = { ever: childrenEver(view), inherited: firstListed(view) };
    for (const { event, line } of restingSnapshots(view)) {
      for (const flaw of flawsIn(view, event, family)) {
        const name = familyOf(flaw);
        if (said.has(name)) continue;
        said.add(name);
        yield found(view, flaw, [line]);
      }
    }
    yield* falseChildren(view, family.ever);
  },
};

type Flaw = { readonly shards: readonly string[]; readonly says: string };

/** Whose flaw it is, and with whom, in whatever order a list names them. */
const familyOf = ({ shards: [own = '', ...others] }: Flaw): string => [own, ...others.sort()].join(' ');

type Children = ReadonlyMap<string, readonly string[]>;
type Family = { readonly ever: Children; readonly inherited: ReadonlySet<string> };

function* flawsIn(view: View, { shards }: TopologyEvent, { ever, inherited }: Family): Generator<Flaw> {
  const byId = new Map(shards.map((info) => [info.shard, info]));
  for (const [parent, children] of childrenIn(shards)) {
    const info = byId.get(parent);
    const split = children.filter(({ parents }) => parents.length === 1);
    if (info === undefined || split.length === 0 || split.length > 2 || split.length !== children.length) continue;
    // A child that only another topology lists is part of the flaw, too: it may be the cause.
    if (!covers(split, [info]))
      yield {
        shards: [parent, ...new Set([...split.map(({ shard }) => shard), ...(ever.get(parent) ?? [])])],
        says: 'the children do not cover exactly the parent',
      };
  }
  for (const child of shards) {
    const parents = (child.parents ?? []).map((parent) => byId.get(parent));
    const isMerged = parents.length > 1 && parents.every((parent) => parent !== undefined);
    if (isMerged && !covers([child], parents as ShardInfo[])) {
      yield {
        shards: [child.shard, ...child.parents],
        says: 'the child does not cover exactly its two adjacent parents',
      };
    }
    if (inherited.has(child.shard)) continue;
    const unknown = (child.parents ?? []).filter((parent) => view.tables.shards.find(parent) < 0);
    if ((child.parents ?? []).length === 0)
      yield { shards: [child.shard], says: 'it appeared during the run and has no parent' };
    else if (unknown.length > 0)
      yield { shards: [child.shard], says: `its parent ${unknown.join(', ')} was never listed` };
  }
}

/**
 * True if both lists hold the same hash keys, each once. True, too, if a range is reversed: that is another finding.
 * Contract, 22.
 */
const covers = (some: readonly ShardInfo[], others: readonly ShardInfo[]): boolean => {
  if ([...some, ...others].some(({ range }) => isReversed(range))) return true;
  const [a, b] = [spanOf(some), spanOf(others)];
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
};

/** First and last key of ranges that join without hole or overlap; undefined when they do not. */
const spanOf = (shards: readonly ShardInfo[]): readonly [bigint, bigint] | undefined => {
  const ranges = shards
    .map(({ range }) => [BigInt(range[0]), BigInt(range[1])] as const)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  for (const [index, range] of ranges.entries()) {
    const before = ranges[index - 1];
    if (before !== undefined && before[1] + 1n !== range[0]) return undefined;
  }
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first === undefined || last === undefined ? undefined : [first[0], last[1]];
};

/** A page named other children than the topologies do, or ended a shard that has some and named none. */
function* falseChildren(view: View, ever: Children): Generator<Found> {
  const said = new Set<string>();
  for (const [page, named] of view.tables.pageChildren) {
    const parent = view.tables.shards.name(view.tables.chains[view.tables.pageChain.at(page)]?.shard ?? -1);
    const real = ever.get(parent) ?? [];
    const isSame = named.length === real.length && named.every((child) => real.includes(child));
    const isSilent = named.length === 0 && view.tables.pageMore.at(page) !== 2;
    const line = lastListing(view, parent);
    if (isSame || isSilent || said.has(parent) || line === 0) continue;
    // Without a later topology, a shard whose children nobody listed may have been resharded since.
    if (real.length === 0 && line < view.tables.pageLine.at(page)) continue;
    said.add(parent);
    const says = `ChildShards named ${named.join(', ') || 'none'}, the topology names ${real.join(', ') || 'none'}`;
    yield found(view, { shards: [parent, ...named], says }, [view.tables.pageLine.at(page), line]);
  }
}

/** Line of the last topology that lists a shard; 0: none does. */
const lastListing = (view: View, name: string): number =>
  view.tables.snapshots.findLast(({ event }) => event.shards.some(({ shard }) => shard === name))?.line ?? 0;

const found = (view: View, { shards, says }: Flaw, lines: readonly number[]): Found => ({
  kind: null,
  blame: 'service-write',
  shards: shards.map((shard) => view.tables.shards.find(shard)).filter((shard) => shard >= 0),
  tell: () => ({
    sentence: `The lineage of ${shards.join(', ')} does not hold (${atLine(lines[0] ?? 0)}): ${says}.`,
    evidence: { shards, says },
    witness: inOrder(lines),
  }),
});
