/**
 * A stable natural merge sort: what arrives sorted is found to be sorted and only merged (acknowledgements of a shard,
 * pages of a reader), so that a clean history costs a few comparisons an item. Needs one scratch array of the same
 * size.
 */
export const sortRuns = (items: Int32Array, compare: (a: number, b: number) => number): Sorted => {
  const { starts: runs, isStrict } = runsOf(items, compare);
  let starts = runs;
  let from = items;
  let to: Int32Array = new Int32Array(starts.length > 1 ? items.length : 0);
  while (starts.length > 1) {
    const merged: number[] = [];
    for (let run = 0; run < starts.length; run += 2) {
      const start = starts[run] ?? 0;
      const middle = starts[run + 1] ?? items.length;
      merge({ from, to, start, middle, end: starts[run + 2] ?? items.length }, compare);
      merged.push(start);
    }
    [from, to] = [to, from];
    starts = merged;
  }
  return { items: from, isStrict };
};

/** `isStrict`: they came in strictly ascending order, no two alike. */
export type Sorted = { readonly items: Int32Array; readonly isStrict: boolean };

const runsOf = (
  items: Int32Array,
  compare: (a: number, b: number) => number,
): { readonly starts: number[]; readonly isStrict: boolean } => {
  const starts = items.length === 0 ? [] : [0];
  let isStrict = true;
  for (let index = 1; index < items.length; index += 1) {
    const compared = compare(items[index - 1] ?? 0, items[index] ?? 0);
    if (compared > 0) starts.push(index);
    if (compared >= 0) isStrict = false;
  }
  return { starts, isStrict };
};

type Merge = {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
};

const merge = ({ from, to, start, middle, end }: Merge, compare: (a: number, b: number) => number): void => {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at += 1) {
    const takesLeft = right >= end || (left < middle && compare(from[left] ?? 0, from[right] ?? 0) <= 0);
    to[at] = from[takesLeft ? left : right] ?? 0;
    if (takesLeft) left += 1;
    else right += 1;
  }
};
