import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { type Metric, metrics } from './metrics.ts';

/**
 * `p99>+20%` compares the change since the baseline with a share; `p99>50ms` compares the figure itself with a bound.
 */
export type FailIf = {
  readonly text: string;
  readonly metric: keyof typeof metrics;
  readonly isAbove: boolean;
  readonly bound: { readonly change: number } | { readonly value: number };
};

const shape = /^([a-z0-9.-]+)\s*(>|<)\s*([+-]?\d+(?:\.\d+)?)\s*(%|µs|us|ms|s|\/s|)$/;
const unitUs: Readonly<Record<string, number>> = { µs: 1, us: 1, ms: 1000, s: 1e6 };

export const failIfOf = (text: string): FailIf => {
  const [, metric = '', sign, number = '', unit = ''] = shape.exec(text.trim()) ?? [];
  if (!isKeyOf(metrics, metric)) throw refusal(text, `METRIC>BOUND with one of ${Object.keys(metrics).join(', ')}`);
  const isAbove = sign === '>';
  if (unit === '%') return { text, metric, isAbove, bound: { change: Number(number) / 100 } };
  const isTime = unit in unitUs;
  const { kind }: Metric = metrics[metric];
  if (isTime !== (kind === 'time'))
    throw refusal(text, kind === 'time' ? `a time such as ${metric}>50ms` : `a plain number`);
  if (!isAbove && kind === 'count' && Number(number) <= 0) throw refusal(text, 'a bound that a count can be below');
  return { text, metric, isAbove, bound: { value: Number(number) * (unitUs[unit] ?? 1) } };
};

const refusal = (text: string, expected: string): HarnessError =>
  new HarnessError('usage', `--fail-if ${JSON.stringify(text)}: expected ${expected}`, {
    hint: "for instance --fail-if 'p99>+20%' with --baseline old.json, or --fail-if 'inversions>0'",
  });
