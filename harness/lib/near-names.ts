import { distance } from 'fastest-levenshtein';

const namesMax = 3;
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** At most three names that the user may have meant, the nearest first; none if no name is near. */
export const nearNames = (given: string, known: readonly string[]): readonly string[] => {
  const word = plain(given);
  if (word === '') return [];
  const far = (name: string): number => (plain(name).includes(word) ? 0 : distance(word, plain(name)));
  return known
    .map((name) => [name, far(name)] as const)
    .filter(([name, away]) => away <= Math.max(1, Math.floor(Math.min(name.length, word.length) / 3)))
    .toSorted(([, one], [, other]) => one - other)
    .slice(0, namesMax)
    .map(([name]) => name);
};

/** `did you mean key-reorder or subject-reorder? `; empty where no name is near. */
export const nearWords = (given: string, known: readonly string[]): string => {
  const near = nearNames(given, known);
  const last = near.at(-1);
  if (last === undefined) return '';
  return `did you mean ${near.length === 1 ? last : `${near.slice(0, -1).join(', ')} or ${last}`}? `;
};
