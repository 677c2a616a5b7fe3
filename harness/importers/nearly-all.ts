/** One bad cell among ten says nothing against a column. */
const share = 0.9;

/**
 * True if nearly all values are as they should be. Of a short sample, all have to be. The lines with the other values
 * are counted when they are read.
 */
export const areNearlyAll = (values: readonly unknown[], isGood: (value: unknown) => boolean): boolean =>
  values.filter(isGood).length >= share * values.length;
