import { several } from '../lib/several.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import { leftOpen } from '../model/left-open.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { consumerBreaks } from './consumer-words.ts';
import { twiceWords } from './twice-words.ts';

/** The first answer of each report: was the order kept? It does not depend on what was promised. */
export const orderWords = (history: HistoryVerdict): string => {
  const { kept, inversions, flowsBroken } = history.order;
  const consumer = consumerBreaks(history);
  if (consumer !== undefined) return `order ${kept === null ? 'not tested' : 'kept'} in the stream; ${consumer.words}`;
  if (kept === null) return 'order not tested';
  if (kept) return [keptWords(history), twiceWords(history)].filter((part) => part !== undefined).join('; ');
  return `order NOT kept${isExpected(history) ? ', as expected' : ''}: ${inversionWords(inversions, flowsBroken)}`;
};

/** If the parents of shards are unknown, the order of a key between its shards is unknown too. */
const keptWords = ({ complete, claims, unknown }: HistoryVerdict): string => {
  if (unknown.some((why) => why.startsWith(leftOpen))) return 'order kept as far as the import shows';
  const isOpen = ({ anomaly, verdict }: HistoryVerdict['claims'][number]): boolean =>
    anomaly === 'child-before-parent' && verdict === 'unknown';
  return complete && claims.some(isOpen) ? 'order kept in each shard, not known between shards' : 'order kept';
};

/** True if readers or consumers got records out of order, whoever is to blame and whatever was promised. */
export const isOutOfOrder = (history: HistoryVerdict): boolean =>
  history.order.kept === false || consumerBreaks(history) !== undefined;

/** True if the scenario had to find a broken order, and it was found. */
export const isExpected = (history: HistoryVerdict): boolean =>
  consumerBreaks(history)?.isExpected ??
  history.claims.some(({ anomaly, expect, verdict }) => isOfOrder(anomaly) && expect === 'find' && verdict === 'holds');

const isOfOrder = (anomaly: AnomalyId): boolean => anomaly === 'key-reorder' || anomaly === 'zombie-append';

export const inversionWords = (inversions: number, flows: number): string =>
  `${several(inversions, 'inversion')} in ${several(flows, 'key')}`;
