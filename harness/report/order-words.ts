import { several } from '../lib/several.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

/** The first question of every report, whatever was promised. */
export const orderWords = (history: HistoryVerdict): string => {
  const { kept, inversions, flowsBroken } = history.order;
  if (kept === null) return 'order not tested';
  if (kept) return 'order kept';
  return `order NOT kept${isExpected(history) ? ', as expected' : ''}: ${inversionWords(inversions, flowsBroken)}`;
};

/** The scenario reproduces a broken order: it must be found, and was. */
export const isExpected = ({ claims }: HistoryVerdict): boolean =>
  claims.some(({ anomaly, expect, verdict }) => isOfOrder(anomaly) && expect === 'find' && verdict === 'holds');

const isOfOrder = (anomaly: AnomalyId): boolean => anomaly === 'key-reorder' || anomaly === 'zombie-append';

export const inversionWords = (inversions: number, flows: number): string =>
  `${several(inversions, 'inversion')} in ${several(flows, 'key')}`;
