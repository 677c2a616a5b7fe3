import type { Arm } from './arms.ts';
import { latenciesOf } from './latencies.ts';
import type { Row, Step } from './result.ts';
import type { Round } from './round.ts';
import type { RunArm } from './run-arm.ts';
import type { Offered } from './scenario-of.ts';
import { spansOf } from './spans.ts';
import { bisections, leastRate, shares } from './sweep-size.ts';
import { keptUp } from './work-done.ts';

export type Sweep = {
  readonly run: RunArm;
  /** The rate of the rounds: the search begins there. */
  readonly offered: Offered;
  /** No higher rate is offered. */
  readonly rateMax: number;
};

export type Swept = {
  readonly sustained: NonNullable<Row['sustained']>;
  readonly steps: readonly Step[];
};

/**
 * Finds the highest rate at which the backlog of an arm does not grow, by doubling (or halving) and then by bisection.
 * Then offers 10 to 90 % of it, to show the knee of the latency. A lower rate that fails is offered once more; if it
 * fails again, no rate above it counts as sustained. `isBeyond`: the arm kept up with all that was offered.
 */
export const sweepOf = async (arm: Arm, sweep: Sweep): Promise<Swept> => {
  const steps = new Map<number, Step>();
  const offered = async (rate: number): Promise<boolean> => {
    const step = await offer(arm, rate, sweep, steps.has(rate) ? '-again' : '');
    steps.set(rate, step);
    return step.isSustained === true;
  };
  const isKept = async (rate: number): Promise<boolean> => {
    const known = steps.get(rate);
    return known === undefined ? offered(rate) : known.isSustained === true;
  };
  const found = await highest(sweep, isKept);
  if (!found.isBelow)
    for (const rate of below(found.rate, leastRate(sweep.offered))) if (!(await isKept(rate))) await offered(rate);
  const all = [...steps.values()];
  return { sustained: monotone(found, all), steps: all };
};

/**
 * Lowers the result below a rate that failed twice: an arm that keeps up with a rate keeps up with lower ones, so a
 * higher result is chance.
 */
export const monotone = (found: Swept['sustained'], steps: readonly Step[]): Swept['sustained'] => {
  const failed = steps.filter(({ isSustained: isKept, rate }) => isKept !== true && rate < found.rate);
  const least = Math.min(...failed.map(({ rate }) => rate));
  if (failed.length === 0 || found.isBelow) return found;
  const below = steps.filter(({ isSustained: isKept, rate }) => isKept === true && rate < least);
  const why = `${found.rate}/s was sustained once, and ${least}/s twice was not`;
  if (below.length === 0) return { rate: least, isBeyond: false, isBelow: true, why };
  return { rate: Math.max(...below.map(({ rate }) => rate)), isBeyond: false, isBelow: false, why };
};

/**
 * The rates below the result that are offered. Each is offered once, because its history is named after it: two shares
 * of a low rate may be equal.
 */
const below = (found: number, least: number): ReadonlySet<number> =>
  new Set(shares.map((share) => Math.max(least, whole(found * share))).filter((rate) => rate < found));

const highest = async (sweep: Sweep, isKept: (rate: number) => Promise<boolean>): Promise<Swept['sustained']> => {
  const { offered, rateMax } = sweep;
  const least = leastRate(offered);
  let low = 0;
  let high = Math.max(least, whole(Math.min(offered.rate, rateMax)));
  if (await isKept(high)) {
    while (low < high) {
      low = high;
      if (low >= rateMax) return { rate: low, isBeyond: true, isBelow: false, why: '' };
      high = whole(Math.min(rateMax, low * 2));
      if (!(await isKept(high))) break;
    }
  } else {
    while (low === 0) {
      if (high <= least) return { rate: high, isBeyond: false, isBelow: true, why: '' };
      const rate = Math.max(least, whole(high / 2));
      if (await isKept(rate)) low = rate;
      else high = rate;
    }
  }
  for (let cut = 0; cut < bisections && high - low > 1; cut += 1) {
    const middle = whole((low + high) / 2);
    if (await isKept(middle)) low = middle;
    else high = middle;
  }
  return { rate: low, isBeyond: false, isBelow: false, why: '' };
};

const whole = (rate: number): number => Math.max(1, Math.round(rate));

const offer = async (arm: Arm, rate: number, { run, offered }: Sweep, again: string): Promise<Step> =>
  stepOf(arm, rate, null, await run(arm, { ...offered, rate, label: `at-${rate}${again}` }));

export const stepOf = (arm: Arm, rate: number, bufferedMs: number | null, round: Round): Step => {
  const { timings, stored, kinesisRecords, units, calls } = round.measured;
  const per1000 = (count: number): number => (stored === 0 ? 0 : (count / stored) * 1000);
  return {
    arm: arm.name,
    rate,
    bufferedMs,
    isSustained: keptUp(round) ?? null,
    perKinesisRecord: kinesisRecords === 0 ? 0 : stored / kinesisRecords,
    unitsPer1000: per1000(units),
    callsPer1000: per1000(calls),
    dueToAcked: latenciesOf([spansOf(timings, 'due', 'acked')]),
  };
};
