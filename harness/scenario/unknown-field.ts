import type { z } from 'zod';
import { suggestion } from '../lib/suggestion.ts';

/**
 * The message for an unknown field, passed to each parse. The schema's own message does not list the possible fields,
 * and the schema is only known here.
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
