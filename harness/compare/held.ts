import { HarnessError } from '../lib/error.ts';
import { seededRandom } from '../lib/random.ts';
import { type Interval, ratioInterval, valueInterval } from './bootstrap.ts';
import type { FailIf } from './fail-if.ts';
import { isEnough, type Latencies, percentile } from './latencies.ts';
import { type Metric, metrics } from './metrics.ts';
import { changeWords, couldShow, timeWords } from './render/words.ts';
import type { Comparison, Row, Setting } from './result.ts';

/**
 * `yes`: the condition of --fail-if holds, so the command fails. `unknown`: too few records to decide. The sentence
 * names arm, figures and bound.
 */
export type Held = { readonly holds: 'yes' | 'no' | 'unknown'; readonly sentence: string };

/**
 * Compares each arm with each bound. A time fails only if all of its 95 % interval lies beyond the bound, because two
 * single numbers prove nothing.
 */
export const heldAgainst = (
  failIfs: readonly FailIf[],
  comparison: Comparison,
  baseline: Comparison | undefined,
): readonly Held[] =>
  failIfs.flatMap((failIf) =>
    comparison.rows.flatMap((row) => {
      const old = baseline?.rows.find(({ arm }) => arm === row.arm);
      if ('change' in failIf.bound && old === undefined) return [];
      return [heldOf(failIf, row, old, comparison.setting.seed)];
    }),
  );

/** An arm that was not judged completely passes no bound. A bound that it breaks counts all the same. */
const heldOf = (failIf: FailIf, row: Row, old: Row | undefined, seed: string): Held => {
  const held = measuredHeld(failIf, row, old, seed);
  const why = row.acked === 0 ? 'nothing was acknowledged' : row.unknown[0];
  if (held.holds !== 'no' || why === undefined) return held;
  return unknown(failIf.text, row, `not judged whole: ${why}`);
};

const measuredHeld = (failIf: FailIf, row: Row, old: Row | undefined, seed: string): Held => {
  const metric: Metric = metrics[failIf.metric];
  return metric.kind === 'count' ? heldCount(failIf, metric.of, row, old) : heldTime(failIf, metric, row, old, seed);
};

const heldCount = (
  { metric, isAbove, bound, text }: FailIf,
  of: (row: Row) => number | undefined,
  row: Row,
  old: Row | undefined,
): Held => {
  const [now, before] = [of(row), old === undefined ? undefined : of(old)];
  if (now === undefined) return unknown(text, row, `${metric} was not measured`);
  if ('value' in bound)
    return told(text, row, `${metric} is ${figure(now)}${powerOf(metric, row)}`, isBeyond(now, bound.value, isAbove));
  if (before === undefined) return unknown(text, row, `the baseline has no ${metric}`);
  const words = `${metric} was ${figure(before)} and is ${figure(now)}`;
  return told(text, row, words, isBeyond(now, before * (1 + bound.change), isAbove));
};

const heldTime = (
  { metric, isAbove, bound, text }: FailIf,
  { share, of }: Extract<Metric, { readonly kind: 'time' }>,
  row: Row,
  old: Row | undefined,
  seed: string,
): Held => {
  const now = of(row);
  const before = old === undefined || 'value' in bound ? undefined : of(old);
  for (const [latencies, whose] of [[now, ''] as const, [before, ' in the baseline'] as const])
    if (latencies !== undefined && !isEnough(latencies.count, share))
      return unknown(text, row, `n too small for ${metric}${whose}: ${latencies.count} records`);
  const random = seededRandom(`${seed}/change/${row.arm}/${metric}`);
  if (before === undefined) {
    const interval = valueInterval(now, share, random);
    const words = `${metric} is ${timeOf(now, share)} (95 % interval ${timeWords(interval.low)} to ${timeWords(interval.high)})`;
    return told(text, row, words, isWhollyBeyond(interval, 'value' in bound ? bound.value : 0, isAbove));
  }
  const interval = ratioInterval(before, now, share, random);
  const words = `${metric} was ${timeOf(before, share)} and is ${timeOf(now, share)} (${changeWords(interval)})`;
  return told(text, row, words, isWhollyBeyond(interval, 'change' in bound ? 1 + bound.change : 1, isAbove));
};

const isBeyond = (value: number, bound: number, isAbove: boolean): boolean => (isAbove ? value > bound : value < bound);
const isWhollyBeyond = ({ low, high }: Interval, bound: number, isAbove: boolean): boolean =>
  isAbove ? low > bound : high < bound;

const told = (text: string, { arm }: Row, words: string, fails: boolean): Held => ({
  holds: fails ? 'yes' : 'no',
  sentence: `${fails ? '✘' : '✔'} --fail-if ${text}: ${arm}: ${words}: ${fails ? 'beyond' : 'not beyond'} the bound`,
});
const unknown = (text: string, { arm }: Row, why: string): Held => ({
  holds: 'unknown',
  sentence: `? --fail-if ${text}: ${arm}: cannot be decided: ${why}`,
});

/** Adds the smallest share of inversions that could have shown, because no inversion among few pairs proves little. */
const powerOf = (metric: string, { order: { inversions, pairs } }: Row): string =>
  metric === 'inversions' && inversions === 0 ? ` of ${figure(pairs)} pairs (could show ≥ ${couldShow(pairs)})` : '';

const figure = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 });
const timeOf = (latencies: Latencies, share: number): string => timeWords(percentile(latencies, share) ?? 0);

const same = ['rate', 'arrivals', 'keys', 'shards', 'payload', 'pollMs'] as const;

/** Throws if the settings differ, before anything is created: their figures cannot be compared. */
export const assertComparable = (
  setting: Setting,
  arms: readonly string[],
  baseline: Comparison,
  path: string,
): void => {
  const differs = same.find((field) => setting[field] !== baseline.setting[field]);
  if (differs !== undefined)
    throw new HarnessError(
      'usage',
      `--baseline ${path}: it was measured with ${differs} ${baseline.setting[differs]}, and this would be with ${setting[differs]}`,
    );
  const [now, old] = [underOf(setting), underOf(baseline.setting)];
  if (now !== old)
    throw new HarnessError('usage', `--baseline ${path}: it was measured under ${old}, and this would be under ${now}`);
  if (!baseline.rows.some(({ arm }) => arms.includes(arm)))
    throw new HarnessError('usage', `--baseline ${path}: it has none of the arms of this comparison`, {
      hint: `it has ${baseline.rows.map(({ arm }) => arm).join(', ')}`,
    });
};

const underOf = ({ faults }: Setting): string => (faults.length === 0 ? 'no faults' : faults.join(', '));

/** Differences to a baseline that do not prevent a comparison. */
export const baselineNotes = (setting: Setting, { setting: old }: Comparison): readonly string[] =>
  (['seed', 'seconds', 'rounds'] as const)
    .filter((field) => setting[field] !== old[field])
    .map((field) => `the baseline was measured with ${field} ${old[field]}, and this with ${setting[field]}`);

export const assertSameEngine = (engine: string, baseline: Comparison, path: string): void => {
  if (baseline.engine.split(' ')[0] === engine) return;
  throw new HarnessError('usage', `--baseline ${path}: it was measured on ${baseline.engine}, and this is ${engine}`);
};
