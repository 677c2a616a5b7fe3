import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { HistoryLine } from '../../judging/check-history.ts';
import { placesOf, readings, viewOfLines } from '../../testing/generators/random/readings.ts';
import { deliveredIn, type Stretch, stretchesOf } from '../../testing/generators/random/stretches.ts';
import { coverageOf, isCovered, isExpiredForAll, missingFrom, unreadRecords } from './finality.ts';
import type { View } from './view.ts';

const dayUs = 24 * 3_600_000_000;

/** When each place was acknowledged, in microseconds. */
const ackedAt = (lines: readonly HistoryLine[]): ReadonlyMap<number, number> =>
  new Map(
    lines.flatMap((line) =>
      line.type === 'ack' ? (line.results ?? []).map((result) => [Number('seq' in result && result.seq), line.t]) : [],
    ),
  );

const askedFirst = ({ passes }: Stretch): number => passes[0]?.pages[0]?.t ?? 0;

/** It began where nothing of the run lies before. */
const isFromStart = ({ passes }: Stretch, lowest: number): boolean =>
  passes.some(({ from: { type, seq } }) => type === 'TRIM_HORIZON' || (seq !== undefined && Number(seq) < lowest));

/**
 * Contract, 7: a final reader that began at the start, in time, went past the place, or reached the end of a closed
 * shard.
 */
const isProved = (lines: readonly HistoryLine[], place: number, acked: ReadonlyMap<number, number>): boolean => {
  const isClosed = lines.some((line) => line.type === 'topology' && line.shards[0]?.seq?.[1] !== null);
  return stretchesOf(lines).some((one) => {
    const isPast = (deliveredIn(one).at(-1) ?? 0) > place || (isClosed && one.passes.some(({ isEnded }) => isEnded));
    const isInTime = askedFirst(one) < (acked.get(place) ?? 0) + dayUs;
    return one.reader !== 'l' && isFromStart(one, Math.min(...acked.keys())) && isPast && isInTime;
  });
};

const isTooLate = (lines: readonly HistoryLine[], place: number, acked: ReadonlyMap<number, number>): boolean =>
  stretchesOf(lines).every((one) => askedFirst(one) >= (acked.get(place) ?? 0) + dayUs);

const numberAt = (view: View, position: number): number => Number(view.positions.seq(position));

/** From where to where, as sequence numbers; of all places known, those between are covered. */
const coverageSaid = (stretch: Stretch, places: readonly number[]): readonly number[] => {
  const delivered = deliveredIn(stretch);
  const isFromTrim = stretch.passes.some(({ from }) => from.type === 'TRIM_HORIZON');
  const isEnded = stretch.passes.some((pass) => pass.isEnded);
  if (delivered.length === 0 && !(isFromTrim && isEnded)) return [];
  const low = isFromTrim ? 0 : (delivered[0] ?? 0);
  const high = isEnded ? Number.POSITIVE_INFINITY : (delivered.at(-1) ?? 0);
  return places.filter((place) => low <= place && place <= high);
};

describe('what is said of records that nobody read', () => {
  test.prop([readings], { numRuns: 400 })('is what a final reader proves, in time', (lines) => {
    const view = viewOfLines(lines);
    const acked = ackedAt(lines);
    const read = new Set(stretchesOf(lines).flatMap(deliveredIn));
    const unread = [...acked.keys()].filter((place) => !read.has(place));
    const expected = unread.map((place) => [
      place,
      isProved(lines, place, acked) ? 'lost' : isTooLate(lines, place, acked) ? 'expired' : 'unseen',
    ]);
    expect(unreadRecords(view).map(({ positions, proof }) => [numberAt(view, positions[0] ?? -1), proof])).toEqual(
      expected,
    );
  });

  test.prop([readings], { numRuns: 200 })('counts the day from the acknowledgement', (lines) => {
    const view = viewOfLines(lines);
    const acked = ackedAt(lines);
    for (let position = 0; position < view.positions.count; position += 1) {
      const place = numberAt(view, position);
      if (acked.has(place)) expect(isExpiredForAll(view, position)).toBe(isTooLate(lines, place, acked));
    }
  });
});

describe('what a reader covers', () => {
  test.prop([readings], { numRuns: 400 })('and was not given, and what somebody covers', (lines) => {
    const view = viewOfLines(lines);
    const places = placesOf(lines);
    const stretches = stretchesOf(lines);
    const covered = stretches.map((stretch) => coverageSaid(stretch, places));
    for (const [index, segment] of view.segments.entries()) {
      const own = covered[index] ?? [];
      const delivered = deliveredIn(stretches[index] as Stretch);
      const missing = [...missingFrom(view, segment)].map((position) => numberAt(view, position));
      expect(missing).toEqual(own.filter((place) => !delivered.includes(place)));
      expect(coverageOf(view, segment) !== undefined).toBe(own.length > 0);
    }
    for (let position = 0; position < view.positions.count; position += 1)
      expect(isCovered(view, position)).toBe(covered.some((own) => own.includes(numberAt(view, position))));
  });
});
