import type { ShardInfo } from '../../model/event.ts';
import { type HashRange, isReversed, parseHashRange } from '../../model/hash-key.ts';
import { canonicalSequence, compareSequence } from '../../model/sequence-number.ts';
import { Reach } from './reach.ts';
import type { Tables } from './tables.ts';

export type Declared = { readonly starting: string; readonly ending: string; readonly line: number };

/** What the topologies say of one shard, taken together. Times are microseconds; Infinity: never seen closed. */
export type ShardView = {
  readonly name: string;
  readonly isListed: boolean;
  /** That of the first list in which its start is not above its end; undefined: there is none. */
  range: HashRange | undefined;
  readonly parents: readonly number[];
  readonly starting: string | undefined;
  ending: string | undefined;
  /**
   * The first declaration whose ending number is below its starting number, as told by the same list or by the first
   * one. It says nothing of the records between (contract, 10).
   */
  nonsense: Declared | undefined;
  /** First topology that lists it. */
  readonly listedT: number;
  readonly line: number;
  /** First topology that lists it with an ending number. */
  closedT: number;
  closedLine: number;
  /** The last topology says that it is closed. */
  isClosedAtEnd: boolean;
};

/** The partial order of shards: consumption goes from parents to children (contract, 2). */
export class Lineage {
  readonly shards: readonly ShardView[];
  readonly children: readonly (readonly number[])[];
  readonly #reach: Reach;
  #hasRing: boolean | undefined;

  constructor(shards: readonly ShardView[]) {
    this.shards = shards;
    const children: number[][] = shards.map(() => []);
    shards.forEach(({ parents }, child) => {
      for (const parent of parents) children[parent]?.push(child);
    });
    this.children = children;
    this.#reach = new Reach(shards.map(({ parents }, shard) => [...new Set(parents)].filter((one) => one !== shard)));
  }

  isAncestor(ancestor: number, shard: number): boolean {
    return this.#reach.isAncestor(ancestor, shard);
  }

  /** Whether a shard is its own ancestor, as only a broken engine lists it. */
  get hasRing(): boolean {
    this.#hasRing ??= hasRing(this.shards, this.children);
    return this.#hasRing;
  }

  isRelated(a: number, b: number): boolean {
    return a === b || this.isAncestor(a, b) || this.isAncestor(b, a);
  }

  ancestorCount(shard: number): number {
    return this.#reach.count(shard);
  }

  /**
   * Parents first; shards that lineage does not relate stand in the order of their numbers of ancestors, then as met.
   */
  inConsumptionOrder(shards: readonly number[]): readonly number[] {
    if (shards.length < 2) return shards;
    return [...shards].sort((a, b) => this.ancestorCount(a) - this.ancestorCount(b) || a - b);
  }
}

const hasRing = (shards: readonly ShardView[], children: Lineage['children']): boolean => {
  const open = shards.map(({ parents }) => parents.length);
  const free = [...open.keys()].filter((shard) => open[shard] === 0);
  // The list grows during the loop: a shard is free when all its parents are.
  for (const shard of free)
    for (const child of children[shard] ?? []) {
      open[child] = (open[child] ?? 0) - 1;
      if (open[child] === 0) free.push(child);
    }
  return free.length < shards.length;
};

export const readLineage = (tables: Tables): Lineage => {
  const views: (ShardView | undefined)[] = tables.shards.names.map(() => undefined);
  for (const { event, line } of tables.snapshots) {
    for (const info of event.shards) {
      const id = tables.shards.find(info.shard);
      const declared = declaredBy(info, line);
      const known = views[id];
      if (known === undefined) {
        views[id] = {
          name: info.shard,
          isListed: true,
          range: undefined,
          parents: (info.parents ?? []).map((parent) => tables.shards.find(parent)).filter((parent) => parent >= 0),
          starting: info.seq === undefined ? undefined : canonicalSequence(info.seq[0]),
          ending: undefined,
          nonsense: undefined,
          listedT: event.t,
          line,
          closedT: Number.POSITIVE_INFINITY,
          closedLine: 0,
          isClosedAtEnd: false,
        };
      }
      const view = known ?? views[id];
      if (view === undefined) continue;
      if (!isReversed(info.range)) view.range ??= parseHashRange(info.range);
      view.isClosedAtEnd = declared !== undefined;
      if (declared === undefined) continue;
      view.ending = declared.ending;
      view.nonsense ??= [declared, { ...declared, starting: view.starting ?? declared.starting }].find(isNonsense);
      if (event.t >= view.closedT) continue;
      view.closedT = event.t;
      view.closedLine = line;
    }
  }
  return new Lineage(views.map((view, id) => view ?? unlisted(tables.shards.name(id))));
};

const unlisted = (name: string): ShardView => ({
  name,
  isListed: false,
  range: undefined,
  parents: [],
  starting: undefined,
  ending: undefined,
  nonsense: undefined,
  listedT: Number.POSITIVE_INFINITY,
  line: 0,
  closedT: Number.POSITIVE_INFINITY,
  closedLine: 0,
  isClosedAtEnd: false,
});

const isNonsense = ({ starting, ending }: Declared): boolean => compareSequence(ending, starting) < 0;

/** Both numbers of a closed shard; undefined for an open one. */
const declaredBy = ({ seq }: ShardInfo, line: number): Declared | undefined =>
  seq === undefined || seq[1] === null
    ? undefined
    : { starting: canonicalSequence(seq[0]), ending: canonicalSequence(seq[1]), line };
