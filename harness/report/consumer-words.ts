import { listOf } from '../lib/list-of.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { Finding, HistoryVerdict } from '../model/verdict.ts';
import { numberOf } from './naming.ts';

/** Claims that a consumer under test violates if it breaks an order which the stream has. */
const ofOrder = ['child-before-parent', 'subject-reorder', 'effect-reorder'] as const satisfies readonly AnomalyId[];

export type ConsumerBreaks = {
  readonly ids: readonly AnomalyId[];
  readonly found: number;
  readonly isForbidden: boolean;
  /** Nothing forbids the broken order, and a claim has the expectation `find`. */
  readonly isExpected: boolean;
  /** `consumer "app" broke it: subject-reorder (131)`. */
  readonly words: string;
};

/** How consumers broke the order. Undefined if each consumer kept it, or if the stream itself is out of order. */
export const consumerBreaks = (history: HistoryVerdict): ConsumerBreaks | undefined => {
  if (history.order.kept === false) return undefined;
  const claims = ofOrder.flatMap((id) => history.claims.filter((claim) => claim.anomaly === id && isBroken(claim)));
  const open = history.findings.filter(isOpen);
  const told = claims.filter(
    ({ anomaly, verdict }) => verdict === 'violated' || open.some((one) => one.anomaly === anomaly),
  );
  if (told.length === 0) return undefined;
  const isForbidden = told.some(({ verdict }) => verdict === 'violated');
  const isExpected = !isForbidden && told.some(({ expect }) => expect === 'find');
  const how = isForbidden ? '' : isExpected ? ', as expected' : ', which is allowed';
  const ids = told.map(({ anomaly }) => anomaly);
  const who = consumerNames(open.filter(({ anomaly }) => ids.includes(anomaly)));
  const counts = told.map(({ anomaly, found }) => `${anomaly} (${numberOf(found)})`);
  return {
    ids,
    found: told.reduce((sum, { found }) => sum + found, 0),
    isForbidden,
    isExpected,
    words: `${who} broke it${how}: ${counts.join(', ')}`,
  };
};

/** False, too, for an expected anomaly that was not found: no consumer broke anything. */
const isBroken = ({ found, expect }: HistoryVerdict['claims'][number]): boolean =>
  found > 0 && expect !== 'ignore' && expect !== 'report';

const isOpen = ({ explainedBy, expect }: Finding): boolean =>
  explainedBy === null && expect !== 'ignore' && expect !== 'report';

const consumersMax = 3;

/** `consumer "app"`, from the evidence. */
const consumerNames = (findings: readonly Finding[]): string => {
  const named = findings.flatMap(({ evidence }) => evidence['group'] ?? evidence['reader'] ?? []);
  const names = [...new Set(named)].map((name) => JSON.stringify(name));
  if (names.length === 0) return 'a consumer';
  const more = names.length - consumersMax;
  const shown = more > 0 ? [...names.slice(0, consumersMax), `${more} more`] : names;
  return `${names.length === 1 ? 'consumer' : 'consumers'} ${listOf(shown)}`;
};
