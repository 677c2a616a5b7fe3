import { describe, expect, test } from 'vitest';
import { Records } from '../index/records.ts';
import { Aside } from './aside.ts';
import { Flows } from './flows.ts';

/** Three producers on two keys: flows 0 to 5, of which `sent` records were sent each. */
const made = (sent = 2): { readonly aside: Aside; readonly flows: Flows; readonly records: Records } => {
  const records = new Records();
  const flows = new Flows();
  for (const producer of ['p1', 'p2', 'p3'])
    for (const key of ['a', 'b']) {
      const flow = records.flowOf(records.producers.id(producer), records.keys.id(key));
      flows.know(flow);
      for (let n = 0; n < sent; n += 1) flows.send(flow, n);
    }
  return { aside: new Aside(records, flows), flows, records };
};

describe('what is set aside', () => {
  test('is nothing at first', () => {
    const { aside } = made();
    expect([aside.isEmpty, aside.why, aside.holds(0, 0), [...aside.single()]]).toEqual([true, undefined, false, []]);
  });

  test('are keys, with all flows that they have', () => {
    const { aside, flows } = made();
    aside.addKeyOf(3, 'why', 12);
    aside.addKeyOf(1, 'another', 12);
    expect([aside.isEmpty, aside.why]).toEqual([false, 'why']);
    expect([0, 1, 2, 3, 4, 5].map((flow) => flows.isAside(flow))).toEqual([false, true, false, true, false, true]);
    expect([0, 1, 2, 3].map((flow) => aside.holds(flow, 7))).toEqual([false, true, false, true]);
    expect([0, 5].map((flow) => aside.hasKeyOf(flow))).toEqual([false, true]);
  });

  test('are single records, each once, of flows that are not aside', () => {
    const { aside } = made();
    for (const [flow, n] of [
      [0, 1],
      [0, 4],
      [0, 1],
      [2, 1],
      [3, 0],
    ] as const)
      aside.addRecord(flow, n, `${flow}`, 12);
    expect([aside.why, aside.holds(0, 1), aside.holds(0, 0), aside.holds(4, 1)]).toEqual(['0', true, false, false]);
    aside.addKeyOf(1, 'key', 12);
    aside.addRecord(5, 0, 'aside already', 12);
    expect([...aside.single()].map(([flow, numbers]) => [flow, [...numbers]])).toEqual([
      [0, [1, 4]],
      [2, [1]],
    ]);
  });

  test('is little of what was sent, and else the whole is judged', () => {
    const much = 'much that is odd';
    const keys = made(2000);
    // 6,000 of 8,000.
    expect(() => keys.aside.addKeyOf(0, 'why', 7616)).not.toThrow();
    expect(() => made(2000).aside.addKeyOf(0, 'why', 7612)).toThrow(much);
    for (let more = 0; more < 96; more += 1) keys.aside.noteSent(8000);
    expect(() => keys.aside.noteSent(8000)).toThrow(much);
    const single = made().aside;
    for (let n = 0; n < 4096; n += 1) single.addRecord(0, n, 'why', 0);
    single.addRecord(0, 5, 'why', 0);
    expect(() => single.addRecord(0, 4096, 'why', 3)).toThrow(much);
    expect(() => single.addRecord(0, 4097, 'why', 8)).not.toThrow();
  });
});
