import { several } from '../lib/several.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

/** Where the smallest history of an anomaly is. Undefined if it was not written. */
export const witnessOf = ({ witnesses }: HistoryVerdict, id: AnomalyId): string | undefined => {
  const file = witnesses?.find(({ anomaly }) => anomaly === id);
  if (file === undefined) return undefined;
  const also =
    file.others === 0
      ? ''
      : `, which ${file.others === 1 ? 'another claim' : `${file.others} other claims`} cannot be told apart from`;
  return `the smallest history that shows it: ${file.path} (${eventWords(file.events)}${also})`;
};

/** Does not count head, topologies and end. A fault in the topology itself needs no other event. */
const eventWords = (events: number): string => (events === 0 ? 'topology lines only' : several(events, 'event'));
