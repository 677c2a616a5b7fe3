import { describe, expect, test } from 'vitest';
import type { Head } from '../../model/event.ts';
import { throwingSpill } from '../../testing/stand-ins/throwing-spill.ts';
import { Arrivals } from './arrivals.ts';
import { ShardFront } from './shard-front.ts';

const head = (more: Partial<Head> = {}): Head => ({
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run: 'r',
  startedAt: '2026-11-23T08:00:00.000Z',
  ...more,
});
const start = Date.parse('2026-11-23T08:00:00.000Z');

describe('arrival times along a shard', () => {
  test('fall by the skew at most, below the latest of all', () => {
    const [arrivals, shard] = [new Arrivals(head(), throwingSpill), new ShardFront(0, 'shard')];
    for (const arrival of [5000, 4000, Number.NaN, 4500, 6000, 5000]) arrivals.holdRising(shard, arrival);
    expect(() => arrivals.holdRising(shard, 4999)).toThrow('an arrival time that falls');
  });

  test('by that of the head', () => {
    const [arrivals, shard] = [
      new Arrivals(head({ tolerances: { skewMs: 3 } }), throwingSpill),
      new ShardFront(0, 'shard'),
    ];
    for (const arrival of [5000, 4997]) arrivals.holdRising(shard, arrival);
    expect(() => arrivals.holdRising(shard, 4996)).toThrow('an arrival time that falls');
  });
});

describe('an arrival time', () => {
  const sentAt = 2_000_000;
  const answeredAt = 3_000_000;
  const hold = (arrival: number, of: Head | undefined = head()) =>
    new Arrivals(of, throwingSpill).holdToPut(arrival, sentAt, answeredAt);

  test('lies between its put and the answer, give or take the skew', () => {
    for (const arrival of [1000, 2500, 4000]) hold(start + arrival);
    for (const arrival of [999, 4001])
      expect(() => hold(start + arrival)).toThrow('an arrival time that does not fit its put');
    const strict = head({ tolerances: { skewMs: 0 } });
    for (const arrival of [2000, 3000]) hold(start + arrival, strict);
    for (const arrival of [1999, 3001])
      expect(() => hold(start + arrival, strict)).toThrow('an arrival time that does not fit its put');
  });

  test('is held to nothing where it is not told, or the run does not say when it began', () => {
    hold(Number.NaN);
    const { startedAt: _, ...without } = head();
    hold(5, without);
    new Arrivals(undefined, throwingSpill).holdToPut(5, sentAt, answeredAt);
  });
});
