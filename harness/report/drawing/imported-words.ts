import type { Finding, OwnPlace } from '../../model/verdict.ts';
import { type Kept, ownPlaces } from '../story/own-places.ts';

/**
 * Which lines of the user's own files name the records of a finding. One sentence for each named record, the wrong one
 * first. Empty if the history was not imported.
 */
export const importedWords = (kept: Kept, finding: Finding): readonly string[] => {
  const placesOf = new Map<string, Set<string>>();
  for (const { n, seq, line, file } of ownPlaces(kept, finding)) {
    const name = nameOf({ n, seq });
    placesOf.set(name, (placesOf.get(name) ?? new Set()).add(`line ${line} of ${file}`));
  }
  return [...placesOf].map(([name, places]) => `${name} stands in ${[...places].join(' and ')}`);
};

const nameOf = ({ n, seq }: Pick<OwnPlace, 'n' | 'seq'>): string => (n === null ? `the record ${seq}` : `#${n}`);
