import { describe, expect, test } from 'vitest';
import { builtInArms } from './arms.ts';
import type { Step } from './result.ts';
import type { Round } from './round.ts';
import type { Offered } from './scenario-of.ts';
import { monotone, type Swept, sweepOf } from './sweep.ts';
import { mostOfSweep } from './sweep-size.ts';
import type { Timing } from './timing.ts';

/**
 * Keeps up with so many records a second; beyond them each answer comes later than the one before. It leaves out a
 * record of a rate above `writes`.
 */
const upTo = (capacity: number, writes = Number.POSITIVE_INFINITY) => {
  const offered: number[] = [];
  const labels: string[] = [];
  const run = (_: unknown, { rate, label }: Offered): Promise<Round> => {
    offered.push(rate);
    labels.push(label);
    const timings = Array.from({ length: rate * 4 }, (_unused, index): Timing => {
      const due = Math.round((index / rate) * 1e6);
      const acked = Math.round((index / Math.min(rate, capacity)) * 1e6) + 2000;
      return { due, sent: due, acked, delivered: undefined };
    });
    const cost = { calls: rate, stored: rate, kinesisRecords: rate, units: rate, onDemandKb: rate };
    const unsent = rate > writes ? 1 : 0;
    return Promise.resolve({ verdict: { claims: [] }, measured: { timings, ...cost, unsent } } as unknown as Round);
  };
  return { run, offered, labels };
};

const swept = async (
  capacity: number,
  rate = 100,
  rateMax = 2000,
  seconds = 4,
): Promise<Swept & { readonly offered: readonly number[]; readonly labels: readonly string[] }> => {
  const { run, offered, labels } = upTo(capacity);
  const given: Offered = { rate, seconds, arrivals: 'constant', seed: '1', label: 'x', faults: [], pollMs: 200 };
  const [arm] = builtInArms;
  if (arm === undefined) throw new Error('there are arms');
  return { ...(await sweepOf(arm, { run, offered: given, rateMax })), offered, labels };
};

test('the highest sustained rate lies within an eighth of the last doubling, from below', async () => {
  const { sustained, offered } = await swept(650);
  expect(sustained.isBeyond).toBe(false);
  expect(sustained.rate).toBeGreaterThan(595);
  expect(sustained.rate).toBeLessThanOrEqual(670);
  expect(offered.slice(0, 7)).toEqual([100, 200, 400, 800, 600, 700, 650]);
});

test('then 10, 30, 50, 70 and 90 % of it are offered', async () => {
  const { sustained, steps } = await swept(650);
  for (const share of [0.1, 0.3, 0.5, 0.7, 0.9])
    expect(steps.map(({ rate }) => rate)).toContain(Math.round(sustained.rate * share));
});

test('an arm that does not keep up with the first rate is offered less', async () => {
  const { sustained } = await swept(30);
  expect(sustained.rate).toBeGreaterThan(25);
  expect(sustained.rate).toBeLessThanOrEqual(31);
});

test('one that keeps up with all that may be offered is said to be beyond it', async () => {
  expect((await swept(1e6)).sustained).toMatchObject({ rate: 2000, isBeyond: true });
});

test('one that keeps up with nothing is below the least rate of which anything can be said', async () => {
  const { sustained, offered } = await swept(2);
  expect(sustained).toMatchObject({ rate: 5, isBelow: true });
  expect(Math.min(...offered)).toBe(5);
});

test('a rate at which a record was lost is not sustained, however quick the answers to the others', async () => {
  const { run } = upTo(1e6, 650);
  const given: Offered = {
    rate: 100,
    seconds: 4,
    arrivals: 'constant',
    seed: '1',
    label: 'x',
    faults: [],
    pollMs: 200,
  };
  const [arm] = builtInArms;
  if (arm === undefined) throw new Error('there are arms');
  const { sustained } = await sweepOf(arm, { run, offered: given, rateMax: 2000 });
  expect(sustained).toMatchObject({ rate: 650, isBeyond: false });
});

describe('whoever keeps up with a rate keeps up with less', () => {
  const step = (rate: number, isSustained: boolean): Step => ({ rate, isSustained }) as Step;
  const found = { rate: 66, isBeyond: false, isBelow: false, why: '' };

  test('a rate above one that failed twice is chance, and the sentence says so', () => {
    const steps = [step(66, true), step(59, false), step(46, true), step(7, true)];
    expect(monotone(found, steps)).toEqual({
      ...found,
      rate: 46,
      why: '66/s was sustained once, and 59/s twice was not',
    });
  });

  test('the result stands where all that is lower was sustained', () => {
    expect(monotone(found, [step(66, true), step(70, false), step(59, true)])).toEqual(found);
  });

  test('where nothing lower was, it is below that', () => {
    expect(monotone(found, [step(66, true), step(7, false)])).toMatchObject({ rate: 7, isBelow: true });
  });
});

test('no arm, however quick or slow, is offered more steps or records than are said beforehand', async () => {
  for (const capacity of [2, 20, 90, 650, 1999, 1e6])
    for (const [rate, rateMax] of [
      [100, 2000],
      [150, 1000],
      [7, 800],
    ] as const) {
      const { offered } = await swept(capacity, rate, rateMax);
      const most = mostOfSweep({ offered: { rate } as Offered, rateMax });
      expect(offered.length).toBeLessThanOrEqual(most.steps);
      expect(offered.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(most.rates);
    }
});

test('no two runs of a sweep have one label: it names their history', async () => {
  for (const [capacity, rate, rateMax, seconds] of [
    [20, 20, 20, 3.5],
    [2, 20, 20, 3.5],
    [1e6, 20, 20, 3.5],
    [5, 20, 40, 3.5],
    [7, 20, 40, 3.5],
    [12, 20, 40, 3.5],
  ] as const) {
    const { labels } = await swept(capacity, rate, rateMax, seconds);
    expect(labels.toSorted()).toEqual([...new Set(labels)].toSorted());
  }
});

test('shares of a low rate that are the least rate are offered as one, and once more where it failed', async () => {
  const failing = async (fails: number): Promise<readonly string[]> => {
    const { run } = upTo(1e6);
    const labels: string[] = [];
    const offered: Offered = {
      rate: 20,
      seconds: 3.5,
      arrivals: 'constant',
      seed: '1',
      label: 'x',
      faults: [],
      pollMs: 200,
    };
    const [arm] = builtInArms;
    if (arm === undefined) throw new Error('there are arms');
    const lossy = async (_: unknown, one: Offered): Promise<Round> => {
      labels.push(one.label);
      return one.rate === fails ? upTo(1).run(_, one) : run(_, one);
    };
    await sweepOf(arm, { run: lossy, offered, rateMax: 20 });
    return labels;
  };
  expect(await failing(0)).toEqual(['at-20', 'at-6', 'at-10', 'at-14', 'at-18']);
  expect(await failing(6)).toEqual(['at-20', 'at-6', 'at-6-again', 'at-10', 'at-14', 'at-18']);
});
