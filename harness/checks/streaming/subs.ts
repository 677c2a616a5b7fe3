/** So many user records may lie in one aggregate: what stands above the flags of a row. */
const subMax = 2 ** 22;

/**
 * Which of the records at one number it is: 0 for a plain record, which has the number alone; one more than its
 * sub-sequence number for a user record of an aggregate. -1: too large to tell. `sub` -1: none is told.
 */
export const ordinalOf = (sub: number): number => (sub < subMax ? sub + 1 : -1);

/**
 * Below 0, 0, above 0: two records at one number. A plain record is at the place of the first one of an aggregate, and
 * nothing is proved where both are there: it is held to be at the place of each.
 */
export const orderOfSubs = (one: number, other: number): number => (one === 0 || other === 0 ? 0 : one - other);
