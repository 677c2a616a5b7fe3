import type { HistoryLine } from '../../../judging/check-history.ts';
import { type Pass, passesOf, placesOf } from './readings.ts';

/** Passes of one reader that join. */
export type Stretch = {
  readonly reader: string;
  readonly passes: Pass[];
  readonly ids: number[];
};

const ascending = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b);
/** The delivered places, each once, ascending. */
export const deliveredIn = ({ passes }: Stretch): readonly number[] =>
  ascending(passes.flatMap(({ delivered }) => delivered));

/**
 * The first known place that an iterator owes; one above all if nothing is left. Undefined if its start names none.
 */
const owedFirst = ({ from }: Pass, places: readonly number[]): number | undefined => {
  const above = (places.at(-1) ?? 0) + 1;
  if (from.type === 'TRIM_HORIZON') return places[0] ?? above;
  if (from.type === 'AT_SEQUENCE_NUMBER') return places.find((place) => place >= Number(from.seq)) ?? above;
  if (from.type === 'AFTER_SEQUENCE_NUMBER') return places.find((place) => place > Number(from.seq)) ?? above;
  return undefined;
};

/**
 * Contract, 7: a pass continues a stretch if it begins at a delivered record or right after it, or from the same start
 * if nothing was delivered.
 */
const goesOn = (pass: Pass, stretch: Stretch, places: readonly number[]): boolean => {
  const due = owedFirst(pass, places);
  const delivered = deliveredIn(stretch);
  const [low] = delivered;
  if (low === undefined) {
    const [first] = stretch.passes;
    if (first === undefined) return false;
    if (due !== undefined) return due === owedFirst(first, places);
    return pass.from.type === 'AT_TIMESTAMP' && first.from.type === 'AT_TIMESTAMP' && pass.from.at === first.from.at;
  }
  if (due === undefined || pass.from.type === 'TRIM_HORIZON') return false;
  const behind = places.find((place) => place > (delivered.at(-1) ?? 0)) ?? (places.at(-1) ?? 0) + 1;
  return low <= due && due <= behind;
};

/** The stretches, in the order of their beginnings. `ids`: indexes of the passes. */
export const stretchesOf = (lines: readonly HistoryLine[]): readonly Stretch[] => {
  const places = placesOf(lines);
  const stretches: Stretch[] = [];
  for (const [id, pass] of passesOf(lines).entries()) {
    const joined = stretches.findLast((one) => one.reader === pass.reader && goesOn(pass, one, places));
    const stretch = joined ?? { reader: pass.reader, passes: [], ids: [] };
    if (joined === undefined) stretches.push(stretch);
    stretch.passes.push(pass);
    stretch.ids.push(id);
  }
  return stretches;
};
