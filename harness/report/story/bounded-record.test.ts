import { expect, test } from 'vitest';
import type { Trace } from '../trace/trace.ts';
import { boundedRecord } from './bounded-record.ts';
import type { LaneRecord } from './lane.ts';

/** A record of one place, sent and read so often; call and page stand on the line of their number. */
const often = (times: number): { readonly trace: Trace; readonly record: LaneRecord } => {
  const all = [...Array.from({ length: times }).keys()];
  const line = Int32Array.from(all);
  return {
    trace: { calls: { line }, pages: { line } } as unknown as Trace,
    record: {
      flow: 0,
      n: 0,
      places: all,
      attempts: all.map((call) => ({ entry: call, call, place: call, outcome: 'stored', error: -1 })),
      deliveries: all.map((page) => ({ delivery: page, page, place: page })),
    },
  };
};

test('what a picture can show stays whole', () => {
  const { trace, record } = often(10);
  expect(boundedRecord(trace, record, new Set())).toBe(record);
});

test('of many the first, the last and those that the finding names are left, with their places', () => {
  const { trace, record } = often(4000);
  const { attempts, deliveries, places } = boundedRecord(trace, record, new Set([700]));
  const left = [0, 1, 2, 3, 4, 5, 6, 7, 700, 3998, 3999];
  expect(attempts.map(({ call }) => call)).toEqual(left);
  expect(deliveries.map(({ page }) => page)).toEqual(left);
  expect(places).toEqual(left);
});

test('a finding that names all of them is cut, too', () => {
  const { trace, record } = often(4000);
  const witness = new Set(Array.from({ length: 4000 }).keys());
  expect(boundedRecord(trace, record, witness).attempts).toHaveLength(10);
});
