import { fields } from './fields.ts';
import type { Mapping } from './mapping.ts';
import { isBeside, keysIn, type Seen, seenIn } from './seen-fields.ts';

/** With fewer rows, all keys may differ by chance. */
const rowsMin = 20;

/**
 * If each record has its own partition key, drawn at random: a sentence that names the field which may say what must
 * be in order. Undefined if keys repeat, or if there is no such field.
 */
export const flowHint = (rows: readonly unknown[], mapping: Mapping): string | undefined => {
  if (mapping.key === undefined || mapping.flow !== undefined) return undefined;
  const seen = seenIn(rows);
  const keys = (keysIn(seen, mapping) ?? []).filter((key) => key !== undefined);
  if (keys.length < rowsMin || new Set(keys).size < 0.95 * keys.length) return undefined;
  const found = [...seen.values()].find((one) => isFlow(one) && isBeside(one.path, mapping));
  if (found === undefined) return undefined;
  return `hardly a key stands twice in the first ${keys.length} records: if those with the same ${found.path} must be in order, say so with --map flow=${found.path}`;
};

const isFlow = ({ name, values }: Seen): boolean =>
  fields.flow.names.some((known) => known === name) &&
  values.every((value) => typeof value === 'string' || typeof value === 'number') &&
  new Set(values).size <= values.length / 2;
