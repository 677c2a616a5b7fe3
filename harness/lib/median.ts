/** Of an even number of values the larger of the two in the middle; undefined of none. */
export const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[values.length >> 1];
