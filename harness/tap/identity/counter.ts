/**
 * The counter in a value: a whole number from 0 to 2^53 - 1, or the decimal text of one. undefined for anything else,
 * because a rounded counter would compare wrongly.
 */
export const counterOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};
