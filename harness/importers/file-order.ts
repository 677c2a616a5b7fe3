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

/** A sentence if the order was changed. */
export const fileOrderWords = (given: readonly Reading[], taken: readonly Reading[]): readonly string[] =>
  taken.every((reading, index) => reading === given[index])
    ? []
    : [
        `not all lines have a time, so the files are taken in the order of their first sequence numbers: ${taken.map(({ tally }) => tally.name).join(', ')}`,
      ];
