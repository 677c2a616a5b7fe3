/** The upper median: of an even number of values the larger of the two in the middle. Undefined for no values. */
export const median = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[values.length >> 1];
