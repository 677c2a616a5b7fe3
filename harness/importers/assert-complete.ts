import { HarnessError } from '../lib/error.ts';
import type { Format } from './format.ts';
import type { ImportFile, Reading } from './reading.ts';
import { formats } from './registry.ts';

export const assertRecords = (files: readonly ImportFile[]): void => {
  const [first] = files;
  if (first === undefined || !files.every(({ format }) => (formats[format] as Format).isBeside === true)) return;
  throw new HarnessError('usage', `${first.path}: ${first.format} has no records`, {
    hint: `add what was delivered to the consumer: kinesis-order import jsonl DUMP --with ${first.format}:${first.path}`,
  });
};

/** Throws if only some files have a counter: the same place would have two identities. */
export const assertAllCounted = (readings: readonly Reading[]): void => {
  const without = readings.find(({ opened }) => opened.lacks.includes('counter'));
  const other = readings.find(({ opened }) => !opened.lacks.includes('counter'));
  if (without === undefined || other === undefined) return;
  throw new HarnessError('usage', `${without.tally.name} has no counter, and ${other.tally.name} has one`, {
    hint: 'name it with --map (n=…, puts.n=…), or with --id if the file has payloads; without it the records cannot be compared',
  });
};

/**
 * Throws if only one side has keys. For the judge, a put without a key and a read with one are two different records,
 * and the service would be blamed.
 */
export const assertKeyed = (readings: readonly Reading[]): void => {
  const isKeyless = ({ opened }: Reading): boolean => opened.lacks.includes('key') && !opened.lacks.includes('counter');
  const without = readings.find(isKeyless);
  if (without === undefined || !readings.some((reading) => isSidesOther(reading, without) && !isKeyless(reading)))
    return;
  const side = without.file.isPut ? 'puts' : 'reads';
  throw new HarnessError('usage', `${without.tally.name} has no key, and the other side has one`, {
    hint: `name the field: --map ${side}.key=…${foundWords(without.opened.fieldsFound)}`,
  });
};

const isSidesOther = ({ file, opened }: Reading, { file: other }: Reading): boolean =>
  opened.known === undefined && file.isPut !== other.isPut && (formats[file.format] as Format).isBeside !== true;

const foundWords = (names: readonly string[] | undefined): string =>
  names === undefined || names.length === 0 ? '' : `; fields found: ${names.join(', ')}`;

/** Throws if the dump names several applications, and a KCL log does not name the one it belongs to. */
export const assertNamed = (readings: readonly Reading[]): void => {
  const named = readings.find(({ opened }) => opened.mapping?.reader !== undefined);
  const beside = readings.find(
    ({ file }) => file.reader === undefined && (formats[file.format] as Format).isBeside === true,
  );
  if (named === undefined || beside === undefined) return;
  throw new HarnessError('usage', `${beside.tally.name} does not name its application`, {
    hint: `${named.tally.name} names them: --with reader=NAME:${beside.file.format}:${beside.file.path}`,
  });
};
