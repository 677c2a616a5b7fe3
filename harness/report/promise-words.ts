import type { AnomalyId } from '../model/anomaly.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

const namedMax = 5;

/** Claims that are violated because something forbidden was found; by anomaly. */
export const brokenIn = ({ claims }: HistoryVerdict): readonly AnomalyId[] =>
  claims.filter(({ verdict, expect }) => verdict === 'violated' && expect !== 'find').map(({ anomaly }) => anomaly);

/** What was to be found and did not show up. No promise is broken by that. */
export const missingIn = ({ claims }: HistoryVerdict): readonly AnomalyId[] =>
  claims.filter(({ verdict, expect }) => verdict === 'violated' && expect === 'find').map(({ anomaly }) => anomaly);

/** The second question of every report: were promises broken, and which? */
export const promiseWords = (history: HistoryVerdict): string => {
  const [broken, missing] = [brokenIn(history), missingIn(history)];
  const isUnknown = history.unknown.length > 0 || history.claims.some(({ verdict }) => verdict === 'unknown');
  const promises =
    broken.length > 0
      ? `promises broken: ${named(broken)}`
      : `promises ${isUnknown || history.verdict === 'unknown' ? 'unknown' : 'hold'}`;
  return missing.length === 0 ? promises : `${promises}; expected and not found: ${named(missing)}`;
};

/** A few names, and how many more. */
export const named = (ids: readonly AnomalyId[]): string => {
  const more = ids.length - namedMax;
  return more <= 1 ? ids.join(', ') : `${ids.slice(0, namedMax).join(', ')} and ${more} more`;
};
