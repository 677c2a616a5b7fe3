/**
 * Answers who descends from whom if shards merge. Above a merge the ancestors of a shard fan out, and meet again at
 * the shard from which both lines came: its gate. Every ancestor further up is an ancestor of the gate. So each shard
 * keeps its gate and the few ancestors below it. A question goes from gate to gate by jumps, so its cost grows with
 * the logarithm of the length of a line.
 */
export class Gates {
  readonly #rank: Int32Array;
  /** Per shard its gate; -1: its ancestors never meet. */
  readonly #gate: Int32Array;
  /** Per shard another one further up its gates (Myers, "An applicative random-access stack", 1983). */
  readonly #jump: Int32Array;
  readonly #depth: Int32Array;
  readonly #count: Int32Array;
  /** Per shard its ancestors below the gate. */
  readonly #between: (ReadonlySet<number> | undefined)[] = [];

  private constructor(rank: Int32Array) {
    this.#rank = rank;
    const make = (): Int32Array => new Int32Array(rank.length).fill(-1);
    [this.#gate, this.#jump, this.#depth, this.#count] = [make(), make(), make(), make()];
  }

  /** Undefined where shards descend from themselves, or where more than `keptMax` ancestors would be kept. */
  static of(parents: Parents, keptMax: number): Gates | undefined {
    const order = parentsFirst(parents);
    if (order.length < parents.length) return undefined;
    const rank = new Int32Array(parents.length);
    for (const [index, shard] of order.entries()) rank[shard] = index;
    const gates = new Gates(rank);
    let left = keptMax;
    for (const shard of order) {
      const way = wayUp(parents, shard, rank, left);
      if (way === undefined) return undefined;
      left -= gates.#enter(shard, way);
    }
    return gates;
  }

  isAncestor(ancestor: number, shard: number): boolean {
    const rank = this.#rank[ancestor] ?? -1;
    if (rank < 0 || rank >= (this.#rank[shard] ?? -1)) return false;
    // The gate of `at`, or one of those below it, is the only place where it may be.
    const at = this.#lastAbove(shard, rank);
    return this.#gate[at] === ancestor || (this.#between[at]?.has(ancestor) ?? false);
  }

  count(shard: number): number {
    return this.#count[shard] ?? 0;
  }

  /** Goes upwards from gate to gate. Returns the last one whose rank is above `rank`. */
  #lastAbove(shard: number, rank: number): number {
    const isAbove = (one: number): boolean => one >= 0 && (this.#rank[one] ?? -1) > rank;
    let at = shard;
    for (;;) {
      const [jump, gate] = [this.#jump[at] ?? -1, this.#gate[at] ?? -1];
      if (jump !== at && isAbove(jump)) at = jump;
      else if (isAbove(gate)) at = gate;
      else return at;
    }
  }

  /** Enters a shard whose parents are entered. Returns how many ancestors are kept for it. */
  #enter(shard: number, { gate, between }: Way): number {
    this.#gate[shard] = gate;
    if (between.size > 0) this.#between[shard] = between;
    this.#count[shard] = between.size + (gate < 0 ? 0 : 1 + this.count(gate));
    this.#depth[shard] = gate < 0 ? 0 : this.#depthOf(gate) + 1;
    this.#jump[shard] = gate < 0 ? shard : this.#jumpFrom(gate);
    return between.size;
  }

  #jumpFrom(gate: number): number {
    const jump = this.#jump[gate] ?? gate;
    const far = this.#jump[jump] ?? jump;
    const isEven = this.#depthOf(gate) - this.#depthOf(jump) === this.#depthOf(jump) - this.#depthOf(far);
    return isEven ? far : gate;
  }

  #depthOf(shard: number): number {
    return this.#depth[shard] ?? 0;
  }
}

type Parents = readonly (readonly number[])[];
/** `between`: the ancestors below the gate; all of them, where there is none. */
type Way = { readonly gate: number; readonly between: ReadonlySet<number> };

/**
 * Takes the lowest ancestors first, until all ways lead through one shard. Undefined: more than `most` were met
 * before.
 */
const wayUp = (parents: Parents, shard: number, rank: Int32Array, most: number): Way | undefined => {
  const between = new Set<number>();
  /** By rank, ascending. */
  const open: number[] = [];
  const add = (one: number): void => {
    let at = open.length;
    while (at > 0 && (rank[open[at - 1] as number] ?? 0) > (rank[one] ?? 0)) at -= 1;
    if (open[at - 1] !== one) open.splice(at, 0, one);
  };
  for (const parent of parents[shard] ?? []) add(parent);
  while (open.length > 1) {
    const lowest = open.pop() as number;
    between.add(lowest);
    if (between.size > most) return undefined;
    for (const parent of parents[lowest] ?? []) add(parent);
  }
  return { gate: open[0] ?? -1, between };
};

/** Every shard behind all its parents; those of a ring, and below it, are left out. */
const parentsFirst = (parents: Parents): readonly number[] => {
  const children: number[][] = parents.map(() => []);
  const missing = parents.map((list) => list.length);
  for (const [shard, list] of parents.entries()) for (const parent of list) children[parent]?.push(shard);
  const order = [...missing.keys()].filter((shard) => missing[shard] === 0);
  for (const shard of order) {
    for (const child of children[shard] ?? []) {
      missing[child] = (missing[child] ?? 0) - 1;
      if (missing[child] === 0) order.push(child);
    }
  }
  return order;
};
