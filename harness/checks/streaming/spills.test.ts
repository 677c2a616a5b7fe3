import { describe, expect, test } from 'vitest';
import { Records } from '../index/records.ts';
import { Flows } from './flows.ts';
import { Spills } from './spills.ts';

type Made = { readonly spills: Spills; readonly flows: Flows; readonly sent: (count: number) => void };

/** Three producers on two keys: flows 0 to 5, of which `own` records were sent each. */
const made = (own = 2): Made => {
  const records = new Records();
  const flows = new Flows();
  for (const producer of ['p1', 'p2', 'p3'])
    for (const key of ['a', 'b']) {
      const flow = records.flowOf(records.producers.id(producer), records.keys.id(key));
      flows.know(flow);
      for (let n = 0; n < own; n += 1) flows.send(flow, n);
    }
  let sent = 12;
  const spills = new Spills(records, flows, () => sent);
  return { spills, flows, sent: (count) => void (sent = count) };
};

describe('what is spilled', () => {
  test('is nothing at first', () => {
    const { spills } = made();
    expect([spills.isEmpty, spills.why, spills.all, spills.holds(0, 0), [...spills.single()]]).toEqual([
      true,
      undefined,
      undefined,
      false,
      [],
    ]);
  });

  test('are keys, with all flows that they have', () => {
    const { spills, flows } = made();
    spills.spill({ keyOf: 3 }, 'why');
    spills.spill({ keyOf: 1 }, 'another');
    expect([spills.isEmpty, spills.why, spills.all]).toEqual([false, 'why', undefined]);
    expect([0, 1, 2, 3, 4, 5].map((flow) => flows.isAside(flow))).toEqual([false, true, false, true, false, true]);
    expect([0, 1, 2, 3].map((flow) => spills.holds(flow, 7))).toEqual([false, true, false, true]);
    expect([0, 5].map((flow) => spills.hasKeyOf(flow))).toEqual([false, true]);
  });

  test('are single records, each once, of flows that are not aside', () => {
    const { spills } = made();
    for (const [flow, n] of [
      [0, 1],
      [0, 4],
      [0, 1],
      [2, 1],
      [3, 0],
    ] as const)
      spills.spill({ flow, n }, `${flow}`);
    expect([spills.why, spills.holds(0, 1), spills.holds(0, 0), spills.holds(4, 1)]).toEqual(['0', true, false, false]);
    spills.spill({ keyOf: 1 }, 'key');
    spills.spill({ flow: 5, n: 0 }, 'aside already');
    expect([...spills.single()].map(([flow, numbers]) => [flow, [...numbers]])).toEqual([
      [0, [1, 4]],
      [2, [1]],
    ]);
  });

  test('is everything, for the first reason that was given, and nothing counts after it', () => {
    const { spills, flows } = made();
    for (const why of ['why', 'another']) spills.spill('all', why);
    spills.spill({ keyOf: 3 }, 'key');
    spills.spill({ flow: 0, n: 1 }, 'record');
    expect([spills.all, spills.why, flows.isAside(3), spills.holds(0, 1)]).toEqual(['why', undefined, false, false]);
  });

  test('is little of what was sent, and else everything', () => {
    const much = 'too many records to set aside';
    const [keys, others, single] = [made(2000), made(2000), made()];
    // 6,000 of 8,000.
    keys.sent(7616);
    keys.spills.spill({ keyOf: 0 }, 'why');
    expect(keys.spills.all).toBeUndefined();
    others.sent(7612);
    others.spills.spill({ keyOf: 0 }, 'why');
    expect(others.spills.all).toBe(much);
    keys.sent(8000);
    for (let more = 0; more < 96; more += 1) keys.spills.noteSent();
    expect(keys.spills.all).toBeUndefined();
    keys.spills.noteSent();
    expect(keys.spills.all).toBe(much);
    single.sent(4);
    for (let n = 0; n < 4097; n += 1) single.spills.spill({ flow: 0, n }, 'why');
    single.spills.spill({ flow: 0, n: 5 }, 'why');
    expect(single.spills.all).toBeUndefined();
    single.spills.spill({ flow: 0, n: 4097 }, 'why');
    expect(single.spills.all).toBe(much);
  });
});
