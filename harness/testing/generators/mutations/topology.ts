import { hashKeyMax } from '../../../model/hash-key.ts';
import { type Draft, recordOf, type Shard } from './draft.ts';
import { first, mutations } from './mutation.ts';

/** Mutations of section F: what ListShards says, and lineage. */
const roots = (draft: Draft): Shard[] =>
  draft.shuffle(
    draft
      .last()
      .filter(
        ({ shard, parents, seq }) => parents.length === 0 && seq[1] === null && draft.childrenOf(shard).length === 0,
      ),
  );
const everywhere = (draft: Draft, shard: string, change: (info: Shard) => void): true => {
  for (const info of draft.infos(shard)) change(info);
  return true;
};
const hole = (size: bigint) => (draft: Draft) =>
  first(roots(draft), ({ shard }) =>
    everywhere(draft, shard, (info) => {
      info.range[1] = String(BigInt(info.range[1]) - size);
    }),
  );
const overlap = (size: bigint) => (draft: Draft) =>
  first(
    roots(draft),
    ({ shard, range }) =>
      BigInt(range[1]) < hashKeyMax &&
      everywhere(draft, shard, (info) => {
        info.range[1] = String(BigInt(info.range[1]) + size);
      }),
  );
const born = (draft: Draft): Shard[] => draft.shuffle(draft.last().filter(({ parents }) => parents.length > 0));
const relist = (change: (draft: Draft, info: Shard) => boolean) => (draft: Draft) =>
  first(draft.shuffle(draft.last()), (info) => {
    const again = structuredClone(draft.topologies().at(-1));
    const copy = again?.shards.find(({ shard }) => shard === info.shard);
    if (again === undefined || copy === undefined || !change(draft, copy)) return false;
    draft.insert({ ...again, status: 'UPDATING' });
    const told = draft.topologies().at(-1);
    if (told !== undefined) told.t = draft.of('end')[0]?.t ?? 0;
    return true;
  });
/** The parent stays open in every listing, and no reader reached its end. */
const reopen = (fits: (draft: Draft, parent: Shard) => boolean) => (draft: Draft) =>
  first(draft.closed(), (parent) => {
    if (!fits(draft, parent)) return false;
    everywhere(draft, parent.shard, (info) => {
      info.seq[1] = null;
    });
    for (const page of draft.of('page')) if (page.shard === parent.shard && page.more === false) page.more = true;
    return true;
  });
/** A producer's record at the parent's end, above the child's start, and one in the child. */
const regress = (fits: (children: readonly Shard[]) => boolean) => (draft: Draft) =>
  first(draft.closed(), (parent) =>
    first(draft.shuffle(draft.childrenOf(parent.shard)), (child) => {
      if (child.seq[1] !== null || !fits(draft.childrenOf(parent.shard))) return false;
      const key = draft.keyIn(
        BigInt(parent.range[1]) - BigInt(parent.range[0]) < BigInt(child.range[1]) - BigInt(child.range[0])
          ? parent
          : child,
      );
      const low = draft.fresh();
      const high = String(BigInt(low) + 5n).padStart(low.length, '0');
      const ask = draft
        .of('reshard')
        .find(({ phase, shards }) => phase === 'invoke' && (shards ?? []).includes(parent.shard));
      if (ask === undefined) return false;
      draft.send({ key, n: 0 }, { shard: parent.shard, seq: high }, ask);
      everywhere(draft, parent.shard, (info) => {
        if (info.seq[1] !== null) info.seq[1] = high;
      });
      for (const reader of ['live', 'final', 'copy', 'subject']) {
        const page = draft.pages(reader, parent.shard).at(-1);
        if (page === undefined) return reader === 'live';
        if (draft.at(page) < draft.at(ask)) return false;
        page.records = [...(page.records ?? []), recordOf(high, { key, n: 0 })];
      }
      draft.store(child, { key, n: 1 }, low);
      return true;
    }),
  );

export const topologyMutations = [
  ...mutations('hash-hole', {
    'a shard ends one hash key early': hole(1n),
    'a shard ends ten hash keys early': hole(10n),
    'a shard ends a thousand hash keys early': hole(1000n),
  }),
  ...mutations('hash-overlap', {
    'a shard ends one hash key late': overlap(1n),
    'a shard ends ten hash keys late': overlap(10n),
    'a shard ends a thousand hash keys late': overlap(1000n),
  }),
  ...mutations('open-parent', {
    'a parent stays open': reopen(() => true),
    'the parent of a split stays open': reopen((draft, { shard }) => draft.childrenOf(shard).length > 1),
    'a parent of a merge stays open': reopen((draft, { shard }) =>
      draft.childrenOf(shard).some(({ parents }) => parents.length > 1),
    ),
  }),
  ...mutations('bad-parentage', {
    'a child names a parent that nobody knows': (draft) =>
      first(
        born(draft),
        ({ shard, parents }) =>
          parents.length === 1 &&
          everywhere(draft, shard, (info) => {
            info.parents = ['shardId-000000000999'];
          }),
      ),
    'a merged shard names one parent only': (draft) =>
      first(
        born(draft),
        ({ shard, parents }) =>
          parents.length > 1 &&
          everywhere(draft, shard, (info) => {
            info.parents = info.parents.slice(0, 1);
          }),
      ),
    'a page names children that are none': (draft) => tell(draft, () => ['shardId-000000000998']),
    'a page names one child of two': (draft) =>
      tell(draft, (children) => (children.length > 1 ? children.slice(1) : undefined)),
  }),
  ...mutations('lineage-seq-regression', {
    'a key goes on below its last number, in the child': regress(() => true),
    'a key goes on below its last number, after a split': regress((children) => children.length > 1),
    'a key goes on below its last number, after a merge': regress((children) =>
      children.some(({ parents }) => parents.length > 1),
    ),
    'a child is said to start at the end of its parent': {
      kind: 'declared',
      apply: (draft) =>
        first(draft.closed(), (parent) =>
          first(draft.childrenOf(parent.shard), (child) => {
            const end = parent.seq[1];
            return (
              end !== null &&
              child.parents.length === 1 &&
              everywhere(draft, child.shard, (info) => {
                info.seq[0] = end;
              })
            );
          }),
        ),
    },
  }),
  ...mutations('topology-mutation', {
    'a shard starts elsewhere in a later listing': relist((_, info) => {
      info.seq[0] = String(BigInt(info.seq[0]) + 1n);
      return true;
    }),
    'the range of a shard is another in a later listing': relist((_, info) => {
      info.range[1] = String(BigInt(info.range[1]) - 1n);
      return true;
    }),
    'a shard has no parents any more': relist((_, info) => {
      const has = info.parents.length > 0;
      info.parents = [];
      return has;
    }),
  }),
];

function tell(draft: Draft, change: (children: readonly string[]) => string[] | undefined): boolean {
  return first(draft.closed(), ({ shard }) => {
    const page = draft.pages('final', shard).find(({ more }) => more === false);
    const children = change(draft.childrenOf(shard).map((child) => child.shard));
    if (page === undefined || children === undefined) return false;
    page.children = children;
    return true;
  });
}
