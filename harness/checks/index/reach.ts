import { Gates } from './gates.ts';

/**
 * Who descends from whom. Where every shard has one parent at most, the lineage is a forest, and an answer is a
 * comparison of two intervals, however long the lines are. Where shards merge (two parents), it goes from gate to gate.
 * Rings (nonsense), and merges that never meet again, are searched upwards.
 */
export class Reach {
  readonly #parents: readonly (readonly number[])[];
  readonly #keptMax: number;
  readonly #isForest: boolean;
  readonly #enter: Int32Array;
  readonly #leave: Int32Array;
  readonly #depth: Int32Array;
  readonly #gates: Gates | undefined;
  readonly #kept = new Map<number, ReadonlySet<number>>();
  readonly #counts = new Map<number, number>();

  /** `keptMax`: how many ancestors are kept at most, over all shards that were asked about. */
  constructor(parents: readonly (readonly number[])[], keptMax = 4_000_000) {
    this.#parents = parents;
    this.#keptMax = keptMax;
    this.#enter = new Int32Array(parents.length);
    this.#leave = new Int32Array(parents.length);
    this.#depth = new Int32Array(parents.length);
    this.#isForest = parents.every((list) => list.length < 2) && this.#number();
    this.#gates = this.#isForest ? undefined : Gates.of(parents, keptMax);
  }

  isAncestor(ancestor: number, shard: number): boolean {
    if ((this.#parents[shard]?.length ?? 0) === 0 || ancestor === shard) return false;
    if (this.#gates !== undefined) return this.#gates.isAncestor(ancestor, shard);
    if (!this.#isForest) return this.#ancestorsOf(shard).has(ancestor);
    return (
      (this.#enter[ancestor] ?? 0) < (this.#enter[shard] ?? 0) &&
      (this.#leave[shard] ?? 0) <= (this.#leave[ancestor] ?? 0)
    );
  }

  /** How many ancestors a shard has. */
  count(shard: number): number {
    if ((this.#parents[shard]?.length ?? 0) === 0) return 0;
    if (this.#gates !== undefined) return this.#gates.count(shard);
    if (this.#isForest) return this.#depth[shard] ?? 0;
    const known = this.#counts.get(shard) ?? this.#ancestorsOf(shard).size;
    this.#counts.set(shard, known);
    return known;
  }

  /**
   * Numbers the forest from its roots down: a shard's descendants are those between its first number and its last.
   * false: a ring is left over.
   */
  #number(): boolean {
    const children: number[][] = this.#parents.map(() => []);
    const open: number[] = [];
    this.#parents.forEach(([parent], child) => {
      if (parent === undefined) open.push(child);
      else children[parent]?.push(child);
    });
    let next = 0;
    let met = 0;
    // A shard is met twice: when it is entered, and, as its complement, when all its descendants are done with.
    for (let shard = open.pop(); shard !== undefined; shard = open.pop()) {
      if (shard < 0) {
        this.#leave[~shard] = next;
        continue;
      }
      met += 1;
      this.#enter[shard] = next;
      next += 1;
      open.push(~shard);
      for (const child of children[shard] ?? []) {
        this.#depth[child] = (this.#depth[shard] ?? 0) + 1;
        open.push(child);
      }
    }
    return met === this.#parents.length;
  }

  #ancestorsOf(shard: number): ReadonlySet<number> {
    const known = this.#kept.get(shard);
    if (known !== undefined) return known;
    const found = new Set<number>();
    const open = [...(this.#parents[shard] ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next) || next === shard) continue;
      found.add(next);
      for (const parent of this.#parents[next] ?? []) open.push(parent);
    }
    // Long lines of merges would keep the square of their length.
    if (this.#kept.size * found.size > this.#keptMax) this.#kept.clear();
    this.#kept.set(shard, found);
    return found;
  }
}
