import { HarnessError } from '../lib/error.ts';
import { areRounded, isRounded } from './exact-numbers.ts';
import { fields } from './fields.ts';
import type { RowPlace } from './first-places.ts';
import { leavesOf, plainName } from './flatten.ts';
import type { FormatInput } from './format.ts';
import type { Mapping } from './mapping.ts';

/** Notes that a column of rounded sequence numbers is not used. Throws if --map names the column. */
export const noteRounded = (
  { mapping: given, source, tally }: FormatInput,
  mapping: Mapping,
  { sample, places }: { readonly sample: readonly unknown[]; readonly places: readonly RowPlace[] },
): void => {
  if (mapping.seq === undefined) return tally.note(notUsed(sample));
  if (given.seq === undefined || !areRounded(places.map(({ seq }) => seq))) return;
  throw new HarnessError('usage', `${source.name}: ${given.seq.text}: ${why}, and their last digits are lost`, {
    hint: 'export the numbers as text; or leave seq out of --map: a record then stands where it stood in the file',
  });
};

const why = 'a spreadsheet or a parser has rounded its numbers';

const notUsed = (sample: readonly unknown[]): string | undefined => {
  const leaf = sample.flatMap(leavesOf).find(({ name, value }) => isNamedSeq(name) && isRounded(value));
  if (leaf === undefined) return undefined;
  return `${leaf.path} is not used: ${why} (${String(leaf.value)}), and their last digits are lost. A record stands where it stood in the file; export the numbers as text`;
};

const isNamedSeq = (name: string): boolean => fields.seq.names.some((known) => known === plainName(name));
