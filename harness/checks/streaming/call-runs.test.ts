import { describe, expect, test } from 'vitest';
import { type Apart, CallRuns } from './call-runs.ts';
import { rowFlag } from './shard-queue.ts';

const unknown = 'records of others between those of one call, and not known which';
/** Goes past records, each a call and a place in it: `0.0 1.0 0.1` has one of call 1 between two of call 0. */
const after = (runs: CallRuns, text: string, inFlight = 1): (Apart | string | undefined)[] =>
  text.split(' ').map((name) => {
    const [call = 0, n = 0] = name.split('.').map(Number);
    return runs.take(call, 10 * call, n, rowFlag.isMany | (n === 0 ? rowFlag.isFirst : 0), inFlight);
  });

describe('the runs of calls in a shard', () => {
  test('say nothing of calls whose records follow one another', () => {
    expect(after(new CallRuns(), '0.0 0.1 1.0 1.1 1.2 2.0')).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  test('say once of a call that its records lie apart: its first and last, and the first one between', () => {
    const said = after(new CallRuns(), '0.0 0.1 1.0 0.2 2.0 0.3 1.1');
    const [found, other] = said.filter((one) => one !== undefined) as Apart[];
    expect(said.map((one) => typeof one === 'object')).toEqual([false, false, false, true, false, false, true]);
    const at = (flow: number, n: number) => ({ flow, n });
    expect(found).toEqual({ call: 0, first: at(0, 0), between: at(10, 0), last: at(0, 3) });
    expect(other).toEqual({ call: 1, first: at(10, 0), between: at(0, 2), last: at(10, 1) });
  });

  test('know it of so many calls between as may be in flight, and else do not know', () => {
    const others = (count: number): string => Array.from({ length: count }, (_, index) => `${index + 1}.0`).join(' ');
    for (const [inFlight, count] of [
      [1, 15],
      [100, 399],
      [1000, 1023],
    ] as const)
      expect(after(new CallRuns(), `0.0 ${others(count)} 0.1`, inFlight).at(-1)).toMatchObject({ call: 0 });
    expect(after(new CallRuns(), `0.0 ${others(16)} 0.1`).at(-1)).toBe(unknown);
    expect(after(new CallRuns(), `0.0 ${others(1024)} 0.1`, 1000).at(-1)).toBe(unknown);
  });

  test('keep what they know when more calls are in flight than before', () => {
    const runs = new CallRuns();
    after(runs, '0.0 1.0 2.0 3.0', 1);
    after(runs, '4.0 5.0', 50);
    expect([0, 1, 2, 3, 4, 5, 6].map((call) => runs.holds(call))).toEqual([true, true, true, true, true, true, false]);
    expect(after(runs, '0.1').at(-1)).toMatchObject({ call: 0, first: { flow: 0 }, between: { flow: 10 } });
  });

  test('do not know what lies between where it is of no call', () => {
    const runs = new CallRuns();
    after(runs, '0.0');
    runs.leave();
    expect(after(runs, '0.1')).toEqual([unknown]);
  });

  test('do not know it either once the record between turns out to be of no call', () => {
    const runs = new CallRuns();
    after(runs, '0.0 1.0');
    runs.disown(10, 1);
    expect(runs.holds(0)).toBe(true);
    runs.disown(10, 0);
    expect(after(runs, '0.1')).toEqual([unknown]);
  });

  test('have no first record of a call twice', () => {
    expect(after(new CallRuns(), '0.0 0.0')).toEqual([undefined, unknown]);
  });
});
