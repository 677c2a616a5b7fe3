import { several } from '../../lib/several.ts';
import type { View } from '../index/view.ts';

/** What the files behind an imported history cannot tell, and what is therefore not judged. One sentence each. */
export const importWords = ({ tables: { head, end } }: View): readonly string[] => {
  const note = head?.import;
  if (note === undefined) return [];
  const lacks = note.lacks.map((lack) => words[lack] ?? lack);
  return [
    `imported from ${note.format}${note.files.length === 0 ? '' : ` (${filesOf(note.files)})`}`,
    ...leftOutWords(end?.leftOut),
    ...lacks,
  ];
};

/** What was not read may have been out of order. */
const leftOutWords = (lines = 0): readonly string[] =>
  lines === 0 ? [] : [`the import left out ${several(lines, 'line')}, of which nothing is known`];

const filesOf = (files: readonly string[]): string =>
  files.length > 3 ? `${files.slice(0, 3).join(', ')} and ${files.length - 3} more` : files.join(', ');

const words: Readonly<Record<string, string>> = {
  time: 'no times: the order of lines is all that is known, and claims about time are unknown',
  shard: 'no shards: all records are taken as one shard, or one a file; order between shards is not judged',
  number:
    'no sequence numbers: a record stands where it stood in the file. Whether the stream or the consumer changed the order, and whether a copy was stored or given twice, is not known',
  key: 'no keys: the order of keys is not judged; name the field with import --map key=…',
  counter: 'no counter: the order that was meant is not known; name the field with import --map n=…, or --id',
  'unique-counter':
    'the counter looks like a time: two records of one key may have the same, so a number that is read twice is no proof of a copy',
  stored:
    'the stream itself was not read: a record that the consumer missed can only be reported as unseen (acknowledged, and read by nobody)',
  call: 'the log of the puts does not name the calls: they are taken as PutRecords, which promises no order, so whoever let the order break is the producer. Name the field with import --map puts.api=…',
  outcome: 'the log of the puts does not say where records were stored: each put may have happened or not',
};
