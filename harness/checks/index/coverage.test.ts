import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { HistoryLine } from '../../judging/check-history.ts';
import { shard } from '../../testing/generators/history-builder.ts';
import { readings, viewOfLines } from '../../testing/generators/random/readings.ts';
import { deliveredIn, type Stretch, stretchesOf } from '../../testing/generators/random/stretches.ts';
import { readerCoverage } from './coverage.ts';
import type { Segment } from './segment.ts';
import type { View } from './view.ts';

const told = (view: View, segment: Segment): object => {
  const number = (position: number): number => (position < 0 ? -1 : Number(view.positions.seq(position)));
  return {
    reader: view.tables.readers.name(segment.reader),
    chains: segment.chains,
    isFromTrim: segment.isFromTrim,
    delivered: segment.delivered.map(number),
    low: number(segment.low),
    high: number(segment.high),
    isEnded: segment.isEnded,
    endedAt: segment.endPage < 0 ? undefined : view.tables.pageT.at(segment.endPage),
  };
};

const said = (stretch: Stretch): object => {
  const delivered = deliveredIn(stretch);
  const ends = stretch.passes.flatMap(({ pages }) => pages.find(({ more }) => more === false) ?? []);
  return {
    reader: stretch.reader,
    chains: stretch.ids,
    isFromTrim: stretch.passes.some(({ from }) => from.type === 'TRIM_HORIZON'),
    delivered,
    low: delivered[0] ?? -1,
    high: delivered.at(-1) ?? -1,
    isEnded: ends.length > 0,
    endedAt: ends[0]?.t,
  };
};

describe('what readers went through', () => {
  test.prop([readings], { numRuns: 400 })('joins as the contract says', (lines) => {
    const view = viewOfLines(lines);
    expect(view.segments.map((segment) => told(view, segment))).toEqual(stretchesOf(lines).map(said));
  });

  test.prop([readings, fc.integer({ min: 1, max: 4 })], { numRuns: 400 })(
    'joins so whatever lies in other shards before it',
    (lines, count) => {
      const others = Array.from({ length: count }, (_, n) => [
        { t: 0, type: 'put', op: 1000 + n, producer: 'p', api: 'PutRecord', entries: [{ key: 'other', n }] },
        { t: 0, type: 'ack', op: 1000 + n, outcome: 'ok', results: [{ shard: shard(7), seq: String(n) }] },
      ]).flat() as HistoryLine[];
      // Before any list names the other one.
      const view = viewOfLines([...lines.slice(0, 1), ...others, ...lines.slice(1)]);
      expect(view.positions.first.at(view.tables.shards.find(shard(0)))).toBe(count);
      expect(view.segments.map((segment) => told(view, segment))).toEqual(stretchesOf(lines).map(said));
    },
  );

  test.prop([readings], { numRuns: 400 })('is one coverage a reader, from its first to its last', (lines) => {
    const view = viewOfLines(lines);
    const stretches = stretchesOf(lines);
    const expected = [...new Set(stretches.map(({ reader }) => reader))].flatMap((reader) => {
      const own = stretches.filter((one) => one.reader === reader);
      // Where it began, and an end that it was told, count without a record.
      const counted = own.filter(
        (one, index) =>
          one.passes.some(({ delivered, isEnded }) => delivered.length > 0 || isEnded) ||
          (index === 0 && one.passes.some(({ from }) => from.type === 'TRIM_HORIZON')),
      );
      if (counted.length === 0) return [];
      return [
        said({
          reader,
          passes: counted.flatMap(({ passes }) => passes),
          ids: counted.flatMap(({ ids }) => ids),
        }),
      ];
    });
    expect(readerCoverage(view.segments).map((segment) => told(view, segment))).toEqual(expected);
  });
});
