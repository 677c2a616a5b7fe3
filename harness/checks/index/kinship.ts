import type { Lineage } from './lineage.ts';

/** Combines the values of shards over the ancestors of each of them, without looking at every pair of shards. */
export type Above<T> = {
  /** The value that is above all others among the ancestors of a shard; undefined where no ancestor has one. */
  readonly best: (shard: number) => T | undefined;
};

/**
 * `isMore`: whether one value is above another one. Each shard of the lineage is looked at once, however many descend
 * from it. Rings are not followed to their end.
 */
export const aboveOf = <T>(
  lineage: Lineage,
  valueOf: (shard: number) => T | undefined,
  isMore: (one: T, other: T) => boolean,
): Above<T> => {
  const known = new Map<number, T | undefined>();
  const more = (one: T | undefined, other: T | undefined): T | undefined =>
    one === undefined ? other : other === undefined || isMore(one, other) ? one : other;
  const withOwn = (shard: number): T | undefined => more(valueOf(shard), known.get(shard));
  const parentsOf = (shard: number): readonly number[] => lineage.shards[shard]?.parents ?? [];
  const best = (asked: number): T | undefined => {
    const open = [asked];
    for (let shard = open.at(-1); shard !== undefined; shard = open.at(-1)) {
      const unknown = known.has(shard) ? [] : parentsOf(shard).filter((parent) => !known.has(parent));
      if (unknown.length > 0 && !under.has(shard)) {
        under.add(shard);
        for (const parent of unknown) open.push(parent);
        continue;
      }
      open.pop();
      if (!known.has(shard))
        known.set(
          shard,
          parentsOf(shard).reduce<T | undefined>((top, parent) => more(top, withOwn(parent)), undefined),
        );
    }
    return known.get(asked);
  };
  const under = new Set<number>();
  return { best };
};

/** Ancestors of a shard among those that count, nearest or not, each once. */
export function* ancestorsAmong(
  lineage: Lineage,
  shard: number,
  counts: (shard: number) => boolean,
): Generator<number> {
  const met = new Set([shard]);
  const open = [...(lineage.shards[shard]?.parents ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (met.has(next)) continue;
    met.add(next);
    if (counts(next)) yield next;
    for (const parent of lineage.shards[next]?.parents ?? []) open.push(parent);
  }
}

/** These shards and all their ancestors, in the order in which they are met. */
export const withAncestors = (lineage: Lineage, shards: readonly number[]): ReadonlySet<number> => {
  const met = new Set<number>();
  for (const shard of shards) {
    const open = [shard];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (met.has(next)) continue;
      met.add(next);
      for (const parent of lineage.shards[next]?.parents ?? []) open.push(parent);
    }
  }
  return met;
};

/** The nearest ancestors of a shard that count, on each branch. */
export const nearestAbove = (
  lineage: Lineage,
  shard: number,
  counts: (shard: number) => boolean,
): readonly number[] => {
  const found = new Set<number>();
  const met = new Set([shard]);
  const open = [...(lineage.shards[shard]?.parents ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (met.has(next)) continue;
    met.add(next);
    if (counts(next)) found.add(next);
    else for (const parent of lineage.shards[next]?.parents ?? []) open.push(parent);
  }
  return [...found];
};

/** Those of the shards that are ancestors of another one of them. A walk ends at a shard that another walk has met. */
export const ancestorsWithin = (lineage: Lineage, shards: ReadonlySet<number>): ReadonlySet<number> => {
  const found = new Set<number>();
  const met = new Set<number>();
  for (const shard of shards) {
    const open = [...(lineage.shards[shard]?.parents ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (shards.has(next) && next !== shard) {
        found.add(next);
        continue;
      }
      if (met.has(next)) continue;
      met.add(next);
      for (const parent of lineage.shards[next]?.parents ?? []) open.push(parent);
    }
  }
  return found;
};
