import { closest, distance } from 'fastest-levenshtein';

/**
 * The name that the user probably meant, for the end of a message. Nothing if no name is near, because a wild guess
 * misleads.
 */
export const suggestion = (given: string, known: readonly string[]): string => {
  if (known.length === 0) return '';
  const near = closest(given, known);
  return distance(given.toLowerCase(), near.toLowerCase()) <= Math.max(1, Math.floor(near.length / 3))
    ? didYouMean(near)
    : '';
};

/** The same, ignoring case: a name that contains the given word, else the closest one. */
export const nearest = (given: string, known: readonly string[]): string => {
  const word = given.toLowerCase();
  const holding = word === '' ? [] : known.filter((name) => name.includes(word));
  return known.length === 0 ? '' : didYouMean(closest(word, holding.length > 0 ? holding : known));
};

const didYouMean = (name: string): string => ` (did you mean ${JSON.stringify(name)}?)`;
