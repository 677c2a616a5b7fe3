import type { Chronicle } from './chronicle.ts';

/** Returns clauses for keys that have no order to break, and for pairs that are never compared. */
export const singles = ({ flows }: Chronicle): readonly string[] => {
  const alone = flows.filter((flow) => flow.length === 1).length;
  const across = flows.length > 1 ? ['order across keys'] : [];
  if (alone === 0) return across;
  const words =
    alone === flows.length
      ? 'order in a key (each has one record)'
      : `${alone} of ${flows.length} keys (they have one record)`;
  return [words, ...across];
};
