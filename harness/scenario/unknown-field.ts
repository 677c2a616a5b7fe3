import type { z } from 'zod';
import { suggestion } from '../lib/suggestion.ts';

/**
 * Given to each parse: the schema's own words for an unknown field do not tell which fields there are, and only here
 * is the schema still at hand.
 */
export const unknownField: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const known = fieldsOf(issue.inst);
  const unknown = issue.keys.map((key) => `${JSON.stringify(key)}${suggestion(key, known)}`).join(', ');
  return `unknown field ${unknown}${known.length === 0 ? '' : `; possible: ${known.join(', ')}`}`;
};

const fieldsOf = (schema: unknown): readonly string[] => {
  const definition = (schema as { readonly _zod?: { readonly def?: { readonly shape?: object } } } | undefined)?._zod;
  return Object.keys(definition?.def?.shape ?? {});
};
