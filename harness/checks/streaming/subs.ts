/** The most user records of an aggregate: their ordinals must fit above the flags of a row. */
const subMax = 2 ** 22;

/**
 * The ordinal of a record among those with its number: 0 for a plain record; the sub-sequence number plus one for a
 * user record of an aggregate; -1 if that is too large. `sub` -1: the record has none.
 */
export const ordinalOf = (sub: number): number => (sub < subMax ? sub + 1 : -1);

/**
 * Compares the ordinals of two records with one number: below 0, 0, or above 0. A plain record has the place of the
 * first user record. If both are there, nothing is proved: the plain record counts as equal to each.
 */
export const orderOfSubs = (one: number, other: number): number => (one === 0 || other === 0 ? 0 : one - other);
