import { several } from '../../lib/several.ts';
import { type Latencies, percentile } from '../latencies.ts';
import type { Comparison, Row } from '../result.ts';

/** Three digits: `870 µs`, `1.93 ms`, `104 ms`, `2.50 s`. */
export const timeWords = (us: number): string => {
  if (us < 1000) return `${Math.round(us)} µs`;
  return us < 999_500 ? `${threeDigits(us / 1000)} ms` : `${threeDigits(us / 1e6)} s`;
};

const threeDigits = (value: number): string => value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);

export const tooSmall = 'n too small';

export const percentileWords = (latencies: Latencies, share: number): string => {
  const value = percentile(latencies, share);
  return value === undefined ? tooSmall : timeWords(value);
};

export const maxWords = ({ count, max }: Latencies): string => (count === 0 ? tooSmall : timeWords(max));

export const numberWords = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });

export const orderWords = ({ order: { kept, inversions, pairs } }: Row): string => {
  if (kept === null && inversions === 0) return pairs === 0 ? 'no pairs' : 'unknown';
  return kept === true
    ? `kept (could show ≥ ${couldShow(pairs)})`
    : `NO: ${numberWords(inversions)} of ${numberWords(pairs)}`;
};

/**
 * The rule of three: `ruleOfThree / pairs` is the share of reorders that would have shown in 95 of 100 runs. Source:
 * J. A. Hanley, A. Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983.
 */
const ruleOfThree = 3;

export const couldShow = (pairs: number): string =>
  `${Number((Math.min(1, ruleOfThree / Math.max(1, pairs)) * 100).toPrecision(2)).toLocaleString('en-US', { maximumFractionDigits: 8 })} %`;

/** Fewer pairs without a reorder do not prove a share below one in a thousand. */
const pairsMin = 3000;

export const perMillionWords = (row: Row): string =>
  row.order.inversions === 0 && row.order.pairs < pairsMin ? tooSmall : numberWords(perMillion(row));

export const perMillion = ({ order: { inversions, pairs } }: Row): number =>
  pairs === 0 ? 0 : Math.round((inversions / pairs) * 1e6);

/**
 * The sustained rate. Without a sweep it is only known whether the arm kept up with the offered rate. An arm that did
 * not write all of its records sustained none.
 */
export const sustainedWords = (row: Row, offered: number): string => {
  const { sustained, isSustained, losses, records, acked } = row;
  if (sustained !== null)
    return `${sustained.isBeyond ? '≥ ' : sustained.isBelow ? '< ' : ''}${numberWords(sustained.rate)}/s`;
  const undone = undoneWords({ lost: losses, unanswered: records - acked });
  if (undone !== '') return `no: ${undone}`;
  return isSustained === null ? 'unclear' : `${isSustained ? '≥' : '<'} ${numberWords(offered)}/s`;
};

/** `80 lost, 3 unanswered`. Empty if an arm wrote all of its records. */
export const undoneWords = ({ lost, unanswered }: { readonly lost: number; readonly unanswered: number }): string =>
  [
    ...(lost === 0 ? [] : [`${numberWords(lost)} lost`]),
    ...(unanswered === 0 ? [] : [`${numberWords(unanswered)} unanswered`]),
  ].join(', ');

export const per1000 = (count: number, stored: number): string =>
  stored === 0 ? '–' : numberWords((count / stored) * 1000);

export const throttledWords = ({ throttledCalls, countedCalls }: Row): string =>
  throttledCalls === 0 ? 'none' : `${numberWords(throttledCalls)} of ${numberWords(countedCalls)}`;

/** Notes that a reader of the table needs for its rows. */
export const rowNotes = ({ rows }: Comparison): readonly string[] =>
  rows.flatMap(({ arm, broken, sustained, unknown }) => [
    ...(broken.length === 0 ? [] : [`${arm}: promises broken: ${broken.join(', ')}`]),
    ...(sustained === null || sustained.why === '' ? [] : [`${arm}: sustained: ${sustained.why}`]),
    ...unknown.map((why) => `${arm}: not judged whole: ${why}`),
  ]);

/** Why a comparison was stopped, and what was not run. Empty if it is complete. */
export const endedWords = ({ ended }: Comparison): readonly string[] =>
  ended === null ? [] : [`NOT FINISHED: ${ended.why}`, ...ended.notRun.map((what) => `not finished: ${what}`)];

/** The interval of a ratio, as a change in percent. */
export const changeWords = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `change ${percentOf(low)} to ${percentOf(high)}, 95 % interval`;

const percentOf = (ratio: number): string => `${ratio >= 1 ? '+' : '-'}${Math.round(Math.abs(ratio - 1) * 100)} %`;

/** In the heading of each report, because an engine's times say nothing about AWS. */
export const notAws = 'this engine, not AWS';

export const headingWords = ({ engine, isAws, setting }: Comparison): readonly string[] => [
  `${engine}${isAws ? '' : `: ${notAws}`}`,
  [
    `${numberWords(setting.rate)} records/s (${setting.arrivals}, open loop) for ${numberWords(setting.seconds)} s, ${several(setting.rounds, 'round')}, seed ${setting.seed}`,
    `${several(setting.keys, 'key')}, ${setting.payload} payloads, ${several(setting.shards, 'shard')}`,
    `one reader that polls every ${setting.pollMs} ms`,
    ...(setting.faults.length === 0 ? [] : [`under ${setting.faults.join(', ')}`]),
  ].join('; '),
];
