/**
 * A stable natural merge sort: what arrives sorted is found to be sorted and only merged (acknowledgements of a shard, pages of a reader), so that
 * a clean history costs a few comparisons an item. Needs one scratch array of the same size.
 */
export const sortRuns = (items: Int32Array, compare: (a: number, b: number) => number): Int32Array => {
  let starts = runsOf(items, compare);
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
  return from;
};

const runsOf = (items: Int32Array, compare: (a: number, b: number) => number): number[] => {
  const starts = items.length === 0 ? [] : [0];
  for (let index = 1; index < items.length; index += 1) {
    if (compare(items[index - 1] ?? 0, items[index] ?? 0) > 0) starts.push(index);
  }
  return starts;
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
