import type { AnomalyId } from '../model/anomaly.ts';
import type { Because } from '../model/expectations.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

/**
 * One sentence for each anomaly that a baseline accepts and no history shows any more, so that it can be removed from
 * the file. Empty if nothing was judged.
 */
export const staleWords = (because: Because = {}, histories: readonly HistoryVerdict[]): readonly string[] => {
  if (histories.length === 0) return [];
  const found = (id: AnomalyId): boolean =>
    histories.some(({ claims }) =>
      claims.some(
        ({ anomaly, found: count, verdict }) =>
          anomaly === id && (count > 0 || verdict === 'unknown' || verdict === 'not-applicable'),
      ),
    );
  return Object.entries(because)
    .filter(([id]) => !found(id as AnomalyId))
    .map(([id, who]) => `${who} accepts ${id}, and none was found: take it out of the file`);
};

/** Prints these sentences for all histories of a command, each sentence once. */
export const tellStale = (
  because: Because | undefined,
  reported: readonly { readonly history: HistoryVerdict | undefined }[],
  tell: (line: string) => void,
): void => {
  for (const sentence of staleWords(
    because,
    reported.flatMap(({ history }) => history ?? []),
  ))
    tell(`kinesis-order: ${sentence}\n`);
};
