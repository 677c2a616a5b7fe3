import { several } from '../lib/several.ts';
import { isBelow } from './is-below.ts';
import type { Reading } from './reading.ts';

/**
 * Sorts the files of a rotated log, which a shell names newest first (`app.log app.log.1 app.log.2`), by their first
 * sequence numbers. Returns the given order if the numbers do not define one.
 */
export const inFileOrder = (readings: readonly Reading[]): readonly Reading[] => {
  const sorted: Reading[] = [];
  for (const reading of readings) {
    const before = sorted.findIndex((other) => isBefore(reading, other) === true);
    sorted.splice(before < 0 ? sorted.length : before, 0, reading);
  }
  const isOrder = sorted.every((one, at) => sorted.slice(at + 1).every((other) => isBefore(other, one) !== true));
  return isOrder ? sorted : readings;
};

/**
 * True if a file begins before another one in all shards that both have. Undefined if they have no shard in common, or
 * shards disagree.
 */
const isBefore = (one: Reading, other: Reading): boolean | undefined => {
  if (one.file.isPut !== other.file.isPut || one.file.reader !== other.file.reader) return undefined;
  const [own, others] = [one.opened.firstPlaces, other.opened.firstPlaces];
  const common = [...(own ?? [])].flatMap(([shard, seq]) => {
    const theirs = others?.get(shard);
    return theirs === undefined || theirs === seq ? [] : [isBelow(seq, theirs)];
  });
  if (common.length === 0 || new Set(common).size > 1) return undefined;
  return common[0];
};

export const isSameOrder = (given: readonly Reading[], taken: readonly Reading[]): boolean =>
  taken.every((reading, index) => reading === given[index]);

/** A sentence if the order was changed. */
export const fileOrderWords = (given: readonly Reading[], taken: readonly Reading[]): readonly string[] =>
  isSameOrder(given, taken)
    ? []
    : [
        `not all lines have a time, so the files are taken in the order of their first sequence numbers: ${taken.map(({ tally }) => tally.name).join(', ')}`,
      ];

/** Of three steps from file to file, at least two go to higher numbers. */
const risingMin = 2;

/**
 * A sentence if the files were nearly in the order of their numbers as they were named: then their names may be the
 * order of handling, and sorting them hides what the consumer handled too late. A rotated log is named in reverse.
 */
export const fileOrderDoubts = (
  given: readonly Reading[],
  taken: readonly Reading[],
  risesPerFall = risingMin,
): readonly string[] => {
  if (isSameOrder(given, taken)) return [];
  const ways = waysOf(given).map(stepsOf);
  if (ways.some((steps) => steps.every(({ isRise }) => isRise))) return [];
  const steps = ways[0] ?? [];
  const falls = steps.filter(({ isRise }) => !isRise);
  const rising = steps.length - falls.length;
  const [first] = falls;
  if (first === undefined || rising < risesPerFall * falls.length) return [];
  return [
    `${rising} of ${several(steps.length, 'file')} begin with higher numbers than the one named before, and ${falls.length} with lower ones, such as ${first.file} behind ${first.before}. If the files are named in the order of handling, the consumer broke the order there. To have it judged, put them together in that order (cat) and import that`,
  ];
};

/** How a shell may name files that are in order: 10 before 2, or the log that is still written before old ones. */
const waysOf = (given: readonly Reading[]): readonly (readonly Reading[])[] => {
  const byNumber = given.toSorted((a, b) => a.tally.name.localeCompare(b.tally.name, 'en', { numeric: true }));
  return [given, byNumber].flatMap((way) => [way, [...way.slice(1), ...way.slice(0, 1)]]);
};

/** For each file: whether it begins above the last one before it that has numbers of the same shards. */
const stepsOf = (readings: readonly Reading[]) =>
  readings.flatMap((reading, index) => {
    for (const before of readings.slice(0, index).toReversed()) {
      const isRise = isBefore(before, reading);
      if (isRise !== undefined) return [{ isRise, before: before.tally.name, file: reading.tally.name }];
    }
    return [];
  });
