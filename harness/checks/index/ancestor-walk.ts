import type { Lineage } from './lineage.ts';

/** Callbacks of a walk: `enter` when a shard becomes an ancestor, `leave` in reverse order of entering. */
export type Steps = { readonly enter: (shard: number) => void; readonly leave: (shard: number) => void };

/**
 * Keeps the ancestors of one shard, and goes to another shard by entering and leaving only what differs: in a line of
 * splits and merges each shard is entered once. Not for lineages with a ring.
 */
export class AncestorWalk {
  readonly #lineage: Lineage;
  readonly #steps: Steps;
  /** Parents before children. */
  readonly #inside: number[] = [];
  readonly #isInside = new Set<number>();
  readonly #children = new Map<number, number>();
  /** Shards inside that have no descendant inside. */
  readonly #tops = new Set<number>();

  constructor(lineage: Lineage, steps: Steps) {
    this.#lineage = lineage;
    this.#steps = steps;
  }

  goTo(shard: number): void {
    const { missing, met } = this.#above(shard);
    while (!isWithin(this.#tops, met)) {
      const left = this.#leave();
      if (!met.delete(left)) continue;
      missing.add(left);
      for (const parent of this.#parents(left)) met.add(parent);
    }
    for (const one of parentsFirst(missing, (of) => this.#parents(of))) this.#enter(one);
  }

  /** `missing`: ancestors that are not inside. `met`: those inside at which the way up ends. */
  #above(shard: number): { readonly missing: Set<number>; readonly met: Set<number> } {
    const [missing, met] = [new Set<number>(), new Set<number>()];
    const open = [...this.#parents(shard)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (this.#isInside.has(next)) met.add(next);
      else if (!missing.has(next)) {
        missing.add(next);
        for (const parent of this.#parents(next)) open.push(parent);
      }
    }
    return { missing, met };
  }

  #enter(shard: number): void {
    this.#inside.push(shard);
    this.#isInside.add(shard);
    this.#tops.add(shard);
    for (const parent of this.#parents(shard)) {
      this.#children.set(parent, (this.#children.get(parent) ?? 0) + 1);
      this.#tops.delete(parent);
    }
    this.#steps.enter(shard);
  }

  #leave(): number {
    const shard = this.#inside.pop() ?? -1;
    this.#isInside.delete(shard);
    this.#tops.delete(shard);
    for (const parent of this.#parents(shard)) {
      const left = (this.#children.get(parent) ?? 0) - 1;
      this.#children.set(parent, left);
      if (left === 0) this.#tops.add(parent);
    }
    this.#steps.leave(shard);
    return shard;
  }

  #parents(shard: number): readonly number[] {
    return this.#lineage.shards[shard]?.parents ?? [];
  }
}

const isWithin = (some: ReadonlySet<number>, all: ReadonlySet<number>): boolean => {
  for (const one of some) if (!all.has(one)) return false;
  return true;
};

/** These shards in an order in which each is behind those of its parents that are among them. */
export const parentsFirst = (
  shards: ReadonlySet<number>,
  parentsOf: (shard: number) => readonly number[],
): readonly number[] => {
  const done = new Set<number>();
  const begun = new Set<number>();
  for (const shard of shards) {
    const open = [shard];
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const before = begun.has(next) ? [] : parentsOf(next).filter((one) => shards.has(one) && !done.has(one));
      begun.add(next);
      if (before.length > 0) {
        for (const one of before) open.push(one);
        continue;
      }
      open.pop();
      done.add(next);
    }
  }
  return [...done];
};
