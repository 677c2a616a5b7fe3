import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { throwingSpill } from '../../testing/stand-ins/throwing-spill.ts';
import { Call, OpenCalls, perEntry } from './open-calls.ts';

/** Sends a call of the records of a flow from `n` on. */
const send = (calls: OpenCalls, op: number, { flow = op, n = 0, count = 1 } = {}): Call => {
  const call = new Call(op, 10 * op, 0, count);
  calls.open(call);
  for (let index = 0; index < count; index += 1)
    calls.ints.set([flow, n + index, op, index, 0], calls.at(call.first + index));
  return call;
};

/** Of a call under way: each of its records stands where it was written down, and is found there. */
const expectKept = (calls: OpenCalls, call: Call): void => {
  const lost = Array.from({ length: call.count }, (_, index) => index).filter((index) => {
    const at = calls.at(call.first + index);
    const kept = [call.op, index, call.op, index, 0].every((value, field) => calls.ints[at + field] === value);
    return !kept;
  });
  expect(lost).toEqual([]);
  const last = call.count - 1;
  if (last >= 0) expect(calls.find(call.op, last)).toEqual({ call, at: calls.at(call.first + last) });
};

describe('calls under way', () => {
  test('are numbered in any order, once each', () => {
    const calls = new OpenCalls(throwingSpill);
    for (const op of [5, 3, 1000, 6, 0]) send(calls, op);
    for (const op of [5, 0, 1000])
      expect(() => send(calls, op)).toThrow('a call number used twice, or call numbers too far out of order to tell');
  });

  test('are the older the earlier they were sent, whatever their numbers', () => {
    const calls = new OpenCalls(throwingSpill);
    for (const op of [7, 2, 4]) send(calls, op);
    expect(calls.oldestLine).toBe(70);
    calls.close(7, 1);
    expect(calls.oldestLine).toBe(20);
    calls.close(4, 1);
    calls.close(2, 1);
    expect(calls.oldestLine).toBe(Number.POSITIVE_INFINITY);
  });

  test('are no batches, and none of the harness, unless it is said', () => {
    expect(new Call(1, 2, 3, 4)).toMatchObject({ op: 1, line: 2, t: 3, count: 4, isBatch: false, isMarker: false });
  });

  test('have places of their own among all calls, answered or not', () => {
    const calls = new OpenCalls(throwingSpill);
    const first = send(calls, 3, { count: 2 });
    calls.close(3, 2);
    const second = send(calls, 7, { count: 3 });
    expect([first, second, send(calls, 8)].map((call) => [call.index, call.first])).toEqual([
      [0, 0],
      [1, 2],
      [2, 5],
    ]);
    expect(calls.count).toBe(3);
  });

  test('are answered once, with a result for each record, or with none told', () => {
    const calls = new OpenCalls(throwingSpill);
    const made = [1, 2, 3, 4].map((op) => send(calls, op, { count: 2 }));
    for (const [op, results] of [
      [1, 0],
      [1, 1],
      [4, 3],
      [5, 2],
    ] as const)
      expect(() => calls.close(op, results)).toThrow('an answer that does not fit its call');
    expect([calls.close(2, 2), calls.close(4, -1), calls.close(1, 2), calls.close(3, -1)]).toEqual(
      [1, 3, 0, 2].map((index) => made[index]),
    );
    for (const op of [1, 2, 3, 4]) expect(() => calls.close(op, 2)).toThrow('an answer that does not fit its call');
  });

  test('are as many as were not answered, and the oldest of them is known by its line', () => {
    const calls = new OpenCalls(throwingSpill);
    const told = (): readonly number[] => [calls.size, calls.oldestLine];
    expect(told()).toEqual([0, Number.POSITIVE_INFINITY]);
    for (const op of [1, 2, 3]) send(calls, op);
    expect(told()).toEqual([3, 10]);
    calls.close(2, 1);
    expect(told()).toEqual([2, 10]);
    calls.close(1, 1);
    expect(told()).toEqual([1, 30]);
    send(calls, 4);
    expect(told()).toEqual([2, 30]);
    calls.close(3, 1);
    expect(told()).toEqual([1, 40]);
    calls.close(4, 1);
    expect(told()).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  test('hold a record by its flow and its number, and none that was answered', () => {
    const calls = new OpenCalls(throwingSpill);
    const older = send(calls, 1, { flow: 5, n: 3, count: 2 });
    const newest = send(calls, 2, { flow: 6, n: 3 });
    expect(calls.find(5, 4)).toEqual({ call: older, at: calls.at(1) });
    expect(calls.find(6, 3)).toEqual({ call: newest, at: calls.at(2) });
    for (const [flow, n] of [
      [5, 5],
      [6, 4],
      [7, 3],
    ] as const)
      expect(calls.find(flow, n)).toBe(undefined);
    calls.close(1, 2);
    expect(calls.find(5, 4)).toBe(undefined);
    calls.close(2, 1);
    expect(calls.find(6, 3)).toBe(undefined);
  });
});

describe('the ring that holds their records', () => {
  test('stays as it is while it has room, and grows with what is under way', () => {
    const calls = new OpenCalls(throwingSpill);
    const { ints } = calls;
    const room = ints.length / perEntry;
    send(calls, 0, { count: room });
    calls.close(0, room);
    const held = [send(calls, 1, { count: room - 1 }), send(calls, 2)];
    expect(calls.ints).toBe(ints);
    held.push(send(calls, 3));
    expect(calls.ints.length).toBe(2 * ints.length);
    held.push(send(calls, 4, { count: 3 * room - 1 }));
    expect(calls.ints.length).toBe(4 * ints.length);
    for (const call of held) expectKept(calls, call);
  });

  test('does not hold more than 128 MB: nobody waits for an answer so long', () => {
    const calls = new OpenCalls(throwingSpill);
    send(calls, 0);
    expect(() => calls.open(new Call(1, 1, 0, 4_194_304))).toThrow('too many records in calls that are not answered');
  });

  test.prop(
    [
      fc.array(fc.oneof(fc.record({ count: fc.nat({ max: 400 }) }), fc.record({ answered: fc.nat() })), {
        maxLength: 60,
      }),
    ],
    { numRuns: 50 },
  )('keeps each record until its call is answered', (steps) => {
    const calls = new OpenCalls(throwingSpill);
    const open: Call[] = [];
    for (const [op, step] of steps.entries()) {
      if ('count' in step) open.push(send(calls, op, { count: step.count }));
      else for (const call of open.splice(step.answered % (open.length + 1), 1)) calls.close(call.op, call.count);
    }
    for (const call of open) expectKept(calls, call);
    expect(calls.size).toBe(open.length);
  });

  /** Few numbers, so that the same record is in several calls: then the one that was sent first is found. */
  const steps = fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ flow: fc.nat({ max: 2 }), n: fc.nat({ max: 9 }), count: fc.nat({ max: 3 }) }),
      },
      { weight: 1, arbitrary: fc.record({ close: fc.nat() }) },
    ),
    { minLength: 80, maxLength: 160 },
  );
  test.prop([steps], { numRuns: 100 })('many of them are found as few are: the first that holds the record', (all) => {
    const calls = new OpenCalls(throwingSpill);
    const open: { readonly call: Call; readonly flow: number; readonly n: number }[] = [];
    for (const [op, step] of all.entries()) {
      if (!('close' in step)) open.push({ call: send(calls, op, step), ...step });
      else if (open.length > 0) {
        const [closed] = open.splice(step.close % open.length, 1);
        if (closed !== undefined) calls.close(closed.call.op, -1);
      }
      for (const [flow, n] of [
        [0, 3],
        [1, op % 12],
      ] as const) {
        const first = open.find((one) => one.flow === flow && one.n <= n && n < one.n + one.call.count);
        expect(calls.find(flow, n)).toEqual(
          first && { call: first.call, at: calls.at(first.call.first + n - first.n) },
        );
      }
    }
  });
});
