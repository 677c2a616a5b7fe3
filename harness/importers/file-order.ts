import { isBelow } from './is-below.ts';
import type { Reading } from './reading.ts';

/**
 * Files of a rotated log, which a shell names newest first: `app.log app.log.1 app.log.2`. Where their numbers put them
 * into one order, that is it; else they stay as they are.
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

/** Undefined where they do not show it: no shard in common, or not in all of them. */
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

/** Nothing where the files were named in this order. */
export const fileOrderWords = (given: readonly Reading[], taken: readonly Reading[]): readonly string[] =>
  taken.every((reading, index) => reading === given[index])
    ? []
    : [
        `not all lines have a time, so the files are taken in the order of their first sequence numbers: ${taken.map(({ tally }) => tally.name).join(', ')}`,
      ];
