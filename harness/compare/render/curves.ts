import { isEnough, type Latencies, medianLatency, merged, percentile, quantile } from '../latencies.ts';
import type { Comparison, Step } from '../result.ts';
import { curve, type Line, type Point } from './curve.ts';
import { numberWords, timeWords } from './words.ts';

const shares = [0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999] as const;

/** The curves of a comparison: percentiles of each arm, and the requested sweeps. */
export const curves = (comparison: Comparison): string =>
  [
    curve({
      title: 'Latency by percentile, due → acknowledged; a curve ends where fewer than ten samples lie beyond',
      x: 'percentile',
      y: 'latency',
      lines: comparison.rows.map(({ arm, dueToAcked }) => ({ name: arm, points: percentilesOf(dueToAcked) })),
      xWords: (odds) => `p${numberWords(100 - 100 / odds)}`,
      yWords: timeWords,
    }),
    ...overLoad.map(([name, of]) =>
      curve({
        title: `${name} over the offered rate, due → acknowledged; a ring marks the knee: the last rate that was sustained`,
        x: 'records a second',
        y: name,
        lines: byArm(comparison.sweep, ({ rate, dueToAcked }) => {
          const value = of(dueToAcked);
          return value === undefined ? undefined : [rate, value];
        }),
        xWords: (rate) => `${numberWords(rate)}/s`,
        yWords: timeWords,
      }),
    ),
    curve({
      title: 'Aggregation: median latency against PUT payload units; each point is a RecordMaxBufferedTime',
      x: 'units per 1,000 records',
      y: 'p50',
      lines: [
        {
          name: 'aggregated',
          points: comparison.packing.map(({ unitsPer1000, dueToAcked }) => [unitsPer1000, medianLatency(dueToAcked)]),
        },
      ],
      xWords: numberWords,
      yWords: timeWords,
    }),
  ].join('');

/** Percentiles spaced by their odds, so that p50, p90, p99 and p99.9 are about a step apart. */
const percentilesOf = (latencies: Latencies): Line['points'] => {
  const sorted = merged(latencies.stretches);
  return shares
    .filter((share) => isEnough(latencies.count, share))
    .map((share) => [1 / (1 - share), quantile(sorted, share)]);
};

const overLoad = [
  ['p50', (latencies: Latencies) => percentile(latencies, 0.5)],
  ['p99', (latencies: Latencies) => percentile(latencies, 0.99)],
  ['p99.9', (latencies: Latencies) => percentile(latencies, 0.999)],
  ['maximum', ({ count, max }: Latencies) => (count === 0 ? undefined : max)],
] as const;

const byArm = (steps: readonly Step[], point: (step: Step) => Point | undefined): readonly Line[] =>
  [...new Set(steps.map(({ arm }) => arm))].map((name) => {
    const own = steps.filter(({ arm }) => arm === name).toSorted((a, b) => a.rate - b.rate);
    const last = own.findLast(({ isSustained }) => isSustained);
    const points = own.flatMap((step) => {
      const at = point(step);
      return at === undefined ? [] : [at];
    });
    return { name, points, knee: last === undefined ? undefined : point(last) };
  });
