import type { Arm } from './arms.ts';
import { isSustained } from './backlog.ts';
import { latenciesOf } from './latencies.ts';
import type { Step } from './result.ts';
import type { Round } from './row-of.ts';
import type { RunArm } from './run-arm.ts';
import type { Offered } from './scenario-of.ts';

export type Sweep = {
  readonly run: RunArm;
  /** What the rounds offered: the search begins at its rate. */
  readonly offered: Offered;
  /** No rate above it is offered. */
  readonly rateMax: number;
};

export type Swept = {
  readonly sustained: { readonly rate: number; readonly isBeyond: boolean };
  readonly steps: readonly Step[];
};

const bisections = 3;
const rateMin = 1;

/** Shares of the highest sustained rate that are offered once it is known. */
const shares = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/**
 * The highest rate at which the backlog of an arm did not grow, found by doubling (or halving) and then by bisection;
 * then 10 to 90 % of it, so that the knee of its latency can be seen. `isBeyond`: it kept up with all that was offered.
 */
export const sweepOf = async (arm: Arm, sweep: Sweep): Promise<Swept> => {
  const steps = new Map<number, Step>();
  const isKept = async (rate: number): Promise<boolean> => {
    const known = steps.get(rate) ?? (await offer(arm, rate, sweep));
    steps.set(rate, known);
    return known.isSustained;
  };
  const sustained = await highest(sweep, isKept);
  if (sustained.rate > 0) for (const share of shares) await isKept(whole(sustained.rate * share));
  return { sustained, steps: [...steps.values()] };
};

const highest = async (
  { offered, rateMax }: Sweep,
  isKept: (rate: number) => Promise<boolean>,
): Promise<Swept['sustained']> => {
  let low = 0;
  let high = whole(Math.min(offered.rate, rateMax));
  if (await isKept(high)) {
    while (low < high) {
      low = high;
      if (low >= rateMax) return { rate: low, isBeyond: true };
      high = whole(Math.min(rateMax, low * 2));
      if (!(await isKept(high))) break;
    }
  } else {
    for (let rate = whole(high / 2); low === 0 && rate > rateMin; rate = whole(rate / 2)) {
      if (await isKept(rate)) low = rate;
      else high = rate;
    }
  }
  for (let cut = 0; cut < bisections && low > 0 && high - low > 1; cut += 1) {
    const middle = whole((low + high) / 2);
    if (await isKept(middle)) low = middle;
    else high = middle;
  }
  return { rate: low, isBeyond: false };
};

const whole = (rate: number): number => Math.max(rateMin, Math.round(rate));

const offer = async (arm: Arm, rate: number, { run, offered }: Sweep): Promise<Step> =>
  stepOf(arm, rate, null, await run(arm, { ...offered, rate, label: `at-${rate}` }));

export const stepOf = (arm: Arm, rate: number, bufferedMs: number | null, { measured }: Round): Step => {
  const { timings, stored, kinesisRecords, units, calls } = measured;
  const per1000 = (count: number): number => (stored === 0 ? 0 : (count / stored) * 1000);
  return {
    arm: arm.name,
    rate,
    bufferedMs,
    isSustained: isSustained(timings),
    perKinesisRecord: kinesisRecords === 0 ? 0 : stored / kinesisRecords,
    unitsPer1000: per1000(units),
    callsPer1000: per1000(calls),
    dueToAcked: latenciesOf([
      timings.flatMap(({ due, acked }) => (acked === undefined ? [] : [{ dueUs: due, latencyUs: acked - due }])),
    ]),
  };
};
