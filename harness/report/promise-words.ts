import type { AnomalyId } from '../model/anomaly.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { consumerBreaks } from './consumer-words.ts';

const namedMax = 5;

/** Claims that are violated because something forbidden was found; by anomaly. */
export const brokenIn = ({ claims }: HistoryVerdict): readonly AnomalyId[] =>
  claims.filter(({ verdict, expect }) => verdict === 'violated' && expect !== 'find').map(({ anomaly }) => anomaly);

/** Broken claims that the answer about the order does not name. */
export const alsoBrokenIn = (history: HistoryVerdict): readonly AnomalyId[] => {
  const said = consumerBreaks(history)?.ids ?? [];
  return brokenIn(history).filter((id) => !said.includes(id));
};

/** Anomalies that had to be found and were not. That breaks no promise. */
export const missingIn = ({ claims }: HistoryVerdict): readonly AnomalyId[] =>
  claims.filter(({ verdict, expect }) => verdict === 'violated' && expect === 'find').map(({ anomaly }) => anomaly);

/** The second answer of each report: were promises broken, and which? Empty if the first answer says it all. */
export const promiseWords = (history: HistoryVerdict): string => {
  const [broken, missing] = [alsoBrokenIn(history), missingIn(history)];
  const isUnknown = history.unknown.length > 0 || history.claims.some(({ verdict }) => verdict === 'unknown');
  const promises =
    broken.length > 0
      ? `promises broken: ${named(broken)}`
      : brokenIn(history).length > 0
        ? ''
        : isUnknown || history.verdict === 'unknown'
          ? `promises unknown${missingWords(history)}`
          : 'promises hold';
  const absent = missing.length === 0 ? '' : `expected and not found: ${named(missing)}`;
  return [promises, expiredWords([history]), absent].filter((part) => part !== '').join('; ');
};

/** Broken claims that a baseline accepted until a day that is over. Empty if there are none. */
export const expiredWords = (histories: readonly HistoryVerdict[]): string => {
  const broken = histories.flatMap(({ claims }) =>
    claims.flatMap(({ anomaly, acceptedUntil: day }) => (day === undefined ? [] : [`${anomaly} (until ${day})`])),
  );
  return broken.length === 0 ? '' : `no longer accepted: ${[...new Set(broken)].join(', ')}`;
};

/**
 * `: ` and what was not read or not delivered, with counts: the first sentence of why a claim about losses is unknown.
 * Otherwise empty.
 */
export const missingWords = ({ claims }: HistoryVerdict): string => {
  const [why] = claims
    .filter(({ anomaly, verdict }) => verdict === 'unknown' && (anomaly === 'lost-write' || anomaly === 'subject-loss'))
    .flatMap(({ why: said }) => /^.*?(?:not read|not given) ?[^:]*: .*?(?=\.(?: |$))/.exec(said)?.[0] ?? []);
  return why === undefined ? '' : `: ${why}`;
};

/** Names, and the number of others if there are two or more beyond `namedMax`. */
export const named = (ids: readonly AnomalyId[]): string => {
  const more = ids.length - namedMax;
  return more <= 1 ? ids.join(', ') : `${ids.slice(0, namedMax).join(', ')} and ${more} more`;
};
