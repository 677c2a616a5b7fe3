import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../model/event.ts';
import { measureFold } from './measure.ts';
import type { Measured } from './timing.ts';

const measured = (events: readonly HistoryEvent[]): Measured => {
  const fold = measureFold();
  for (const event of events) fold.take(event);
  return fold.result();
};

const at = (seq: string) => ({ shard: 's0', seq });
const put = (op: number, t: number, more: object = {}): HistoryEvent => ({
  t,
  type: 'put',
  op,
  producer: 'p1',
  api: 'PutRecord',
  due: t - 10,
  entries: [{ key: 'a', n: op, bytes: 100 }],
  ...more,
});
const ack = (op: number, t: number, results: readonly object[] = [at(String(op))]): HistoryEvent =>
  ({ t, type: 'ack', op, outcome: 'ok', results }) as HistoryEvent;
const page = (reader: string, t: number, n: number): HistoryEvent => ({
  t,
  type: 'page',
  reader,
  chain: 1,
  shard: 's0',
  records: [{ seq: String(n), producer: 'p1', key: 'a', n }],
});

describe('when a record was due, sent, acknowledged and delivered', () => {
  test('due comes from the schedule, not from the call', () => {
    const { timings } = measured([put(1, 50), ack(1, 80)]);
    expect(timings).toEqual([{ due: 40, sent: 50, acked: 80, delivered: undefined }]);
  });

  test('each record of a call has its own due time; left out, it is that of the call', () => {
    const entries = [
      { key: 'a', n: 0, bytes: 1 },
      { key: 'a', n: 1, bytes: 1, due: 30 },
    ];
    const { timings } = measured([put(1, 50, { api: 'PutRecords', due: 20, entries }), ack(1, 60, [at('1'), at('2')])]);
    expect(timings.map(({ due }) => due)).toEqual([20, 30]);
  });

  test('a put without a schedule is due when it leaves', () => {
    const { timings } = measured([put(1, 50, { due: undefined })]);
    expect(timings).toEqual([{ due: 50, sent: 50, acked: undefined, delivered: undefined }]);
  });

  test('a record that is sent again stays due when it was due first, and counts once', () => {
    const again = put(2, 90, { due: 85, entries: [{ key: 'a', n: 1, bytes: 100 }] });
    const { timings, calls, stored } = measured([
      put(1, 50),
      ack(1, 60, [{ error: 'InternalFailure' }]),
      again,
      ack(2, 95),
    ]);
    expect(timings).toEqual([{ due: 40, sent: 50, acked: 95, delivered: undefined }]);
    expect({ calls, stored }).toEqual({ calls: 2, stored: 1 });
  });

  test('only live readers deliver, and the first delivery counts', () => {
    const readers: HistoryEvent[] = [
      { t: 0, type: 'reader', reader: 'c1', role: 'live' },
      { t: 0, type: 'reader', reader: 'final', role: 'final' },
    ];
    const events = [...readers, put(1, 50), ack(1, 60), page('final', 61, 1), page('c1', 70, 1), page('c1', 90, 1)];
    expect(measured(events).timings[0]?.delivered).toBe(70);
  });

  test('a record that was read is named by its flow before any key', () => {
    const sent = put(1, 50, { entries: [{ key: 'a', flow: 'f', n: 1, bytes: 100 }] });
    const read: HistoryEvent = {
      t: 70,
      type: 'page',
      reader: 'c1',
      chain: 1,
      shard: 's0',
      records: [{ seq: '1', producer: 'p1', key: 'a', idKey: 'other', flow: 'f', n: 1 }],
    };
    const live: HistoryEvent = { t: 0, type: 'reader', reader: 'c1', role: 'live' };
    expect(measured([live, sent, ack(1, 60), read]).timings[0]?.delivered).toBe(70);
  });

  test('end markers are no load', () => {
    expect(measured([put(1, 50, { role: 'sentinel' }), ack(1, 60)])).toMatchObject({
      timings: [],
      calls: 0,
      stored: 0,
    });
  });
});

describe('what it costs', () => {
  const sized = (...bytes: readonly number[]): HistoryEvent =>
    put(1, 50, { api: 'PutRecords', entries: bytes.map((size, n) => ({ key: 'a', n, bytes: size })) });

  test.each([
    [5_000, 1],
    [45_000, 2],
    [1_000_000, 40],
    [0, 1],
  ])('a record of %i bytes is %i units (AWS pricing page)', (bytes, units) => {
    expect(measured([sized(bytes), ack(1, 60)]).units).toBe(units);
  });

  test('PutRecords saves calls, never units', () => {
    const cost = measured([sized(100, 100, 100), ack(1, 60, [at('1'), at('2'), at('3')])]);
    expect(cost).toMatchObject({ calls: 1, kinesisRecords: 3, units: 3, onDemandKb: 3 });
  });

  test('aggregation saves units', () => {
    const entries = [0, 1, 2].map((n) => ({ key: 'a', n, bytes: 100, part: 0 }));
    const packed = put(1, 50, { api: 'PutRecords', parts: [{ key: 'a' }], entries });
    const results = [0, 1, 2].map((sub) => ({ ...at('1'), sub }));
    expect(measured([packed, ack(1, 60, results)])).toMatchObject({
      calls: 1,
      stored: 3,
      kinesisRecords: 1,
      units: 1,
      onDemandKb: 1,
    });
  });

  test('a record that was stored and whose answer was lost is paid for, and so is its copy', () => {
    const lost: HistoryEvent = { t: 60, type: 'ack', op: 1, outcome: 'info' };
    const again = put(2, 90, { entries: [{ key: 'a', n: 1, bytes: 30_000 }] });
    const first = put(1, 50, { entries: [{ key: 'a', n: 1, bytes: 30_000 }] });
    const copies: HistoryEvent[] = ['1', '2'].map((seq) => ({
      t: 99,
      type: 'page',
      reader: 'final',
      chain: 1,
      shard: 's0',
      records: [{ seq, producer: 'p1', key: 'a', n: 1 }],
    }));
    const cost = { calls: 2, stored: 1, kinesisRecords: 2, units: 4, onDemandKb: 60 };
    expect(measured([first, lost, again, ack(2, 95), ...copies, ...copies])).toMatchObject(cost);
  });

  test('a record that was acknowledged twice is one record, and is paid for twice', () => {
    const twice = put(2, 90, { entries: [{ key: 'a', n: 1, bytes: 100 }] });
    expect(measured([put(1, 50), ack(1, 60), twice, ack(2, 95)])).toMatchObject({ stored: 1, units: 2 });
  });

  test('what a reader met of others costs nothing', () => {
    expect(measured([put(1, 50), ack(1, 60), page('final', 70, 9)])).toMatchObject({ units: 1 });
  });

  test('what failed costs nothing', () => {
    expect(measured([sized(100), ack(1, 60, [{ error: 'InternalFailure' }])])).toMatchObject({ stored: 0, units: 0 });
  });
});
