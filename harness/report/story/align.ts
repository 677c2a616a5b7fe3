/**
 * An item on a track. It is aligned under its own name, or under the first of the names in `under` that has a column.
 */
export type Item = { readonly name: string; readonly under: readonly string[]; readonly weight: number };

export type Aligned = {
  readonly columns: number;
  /** The column of each item, by track. */
  readonly at: readonly (readonly number[])[];
};

/**
 * Finds columns for tracks that have the same items in different orders. Each track is aligned with those before it,
 * so that as many items as possible stay in their column: a heaviest ascending subsequence. Moved items get a new
 * column.
 */
export const align = (tracks: readonly (readonly Item[])[]): Aligned => {
  const order: number[] = [];
  const columnOf = new Map<string, number>();
  const taken = tracks.map((items) => lay(items, order, columnOf));
  const positions = positionsOf(order);
  return { columns: order.length, at: taken.map((columns) => columns.map((column) => positions.get(column) ?? 0)) };
};

const positionsOf = (order: readonly number[]): ReadonlyMap<number, number> =>
  new Map(order.map((column, position) => [column, position]));

/** Returns the column of each item, and inserts new columns into `order` for those that are not vertical. */
const lay = (items: readonly Item[], order: number[], columnOf: Map<string, number>): readonly number[] => {
  const positions = positionsOf(order);
  const wished = items.map(({ name, under }) => {
    const known = [name, ...under].find((other) => columnOf.has(other));
    return known === undefined ? undefined : columnOf.get(known);
  });
  const straight = heaviestAscent(
    wished.map((column) => (column === undefined ? -1 : (positions.get(column) ?? -1))),
    items.map(({ weight }) => weight),
  );
  let before = -1;
  let added = 0;
  return items.map(({ name }, index) => {
    const own = wished[index];
    if (own !== undefined && straight.has(index)) {
      before = (positions.get(own) ?? 0) + added;
      columnOf.set(name, own);
      return own;
    }
    const made = order.length;
    order.splice(before + 1, 0, made);
    before += 1;
    added += 1;
    columnOf.set(name, made);
    return made;
  });
};

/**
 * Indexes of the heaviest strictly ascending subsequence; values below 0 are left out. Uses a tree of maxima: n log
 * n.
 */
export const heaviestAscent = (values: readonly number[], weights: readonly number[]): ReadonlySet<number> => {
  const size = Math.max(0, ...values) + 2;
  const best = new Float64Array(size);
  const last = new Int32Array(size).fill(-1);
  const before = new Int32Array(values.length).fill(-1);
  const sums = new Float64Array(values.length);
  let top = -1;
  for (const [index, value] of values.entries()) {
    if (value < 0) continue;
    let [sum, from] = [0, -1];
    for (let at = value; at > 0; at -= at & -at)
      if ((best[at] ?? 0) > sum) [sum, from] = [best[at] ?? 0, last[at] ?? -1];
    sums[index] = sum + (weights[index] ?? 1);
    before[index] = from;
    for (let at = value + 1; at < size; at += at & -at)
      if ((best[at] ?? 0) < (sums[index] ?? 0)) {
        best[at] = sums[index] ?? 0;
        last[at] = index;
      }
    if (top < 0 || (sums[index] ?? 0) > (sums[top] ?? 0)) top = index;
  }
  const chosen = new Set<number>();
  for (let at = top; at >= 0; at = before[at] ?? -1) chosen.add(at);
  return chosen;
};
