import { closest, distance } from 'fastest-levenshtein';

/** What was probably meant, for the end of a message: nothing when no word is near, since a wild guess misleads. */
export const suggestion = (given: string, known: readonly string[]): string => {
  if (known.length === 0) return '';
  const near = closest(given, known);
  return distance(given.toLowerCase(), near.toLowerCase()) <= Math.max(1, Math.floor(near.length / 3))
    ? didYouMean(near)
    : '';
};

/** The same, with a name in any case: one that holds the given word, else the closest. */
export const nearest = (given: string, known: readonly string[]): string => {
  const word = given.toLowerCase();
  const holding = word === '' ? [] : known.filter((name) => name.includes(word));
  return known.length === 0 ? '' : didYouMean(closest(word, holding.length > 0 ? holding : known));
};

const didYouMean = (name: string): string => ` (did you mean ${JSON.stringify(name)}?)`;
