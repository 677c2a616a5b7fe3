import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/** Given to each parse: the schema's own words for an unknown field do not tell which fields there are, and only here is the schema still at hand. */
export const unknownField: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const known = fieldsOf(issue.inst);
  const unknown = issue.keys.map((key) => `${JSON.stringify(key)}${suggestion(key, known)}`).join(', ');
  return `unknown field ${unknown}${known.length === 0 ? '' : `; possible: ${known.join(', ')}`}`;
};

/** What was probably meant: nothing when no word is near, since a wild guess misleads. */
export const suggestion = (given: string, known: readonly string[]): string => {
  if (known.length === 0) return '';
  const near = closest(given, known);
  return distance(given.toLowerCase(), near.toLowerCase()) <= Math.max(1, Math.floor(near.length / 3))
    ? ` (did you mean ${JSON.stringify(near)}?)`
    : '';
};

const fieldsOf = (schema: unknown): readonly string[] => {
  const definition = (schema as { readonly _zod?: { readonly def?: { readonly shape?: object } } } | undefined)?._zod;
  return Object.keys(definition?.def?.shape ?? {});
};
