import { isSustained } from './backlog.ts';
import type { Round } from './round.ts';

/**
 * Records that the service lost, and records that a producer skipped, gave up or never sent: lost before they reached
 * it.
 */
export const lossesIn = ({ verdict, measured }: Round): number =>
  verdict.claims
    .filter(({ anomaly }) => lost.has(anomaly))
    .reduce((total, { anomaly, found, allowed }) => total + found - (anomaly === 'counter-gap' ? allowed : 0), 0) +
  measured.unsent;

const lost: ReadonlySet<string> = new Set(['lost-write', 'lost-in-view', 'counter-gap']);

/** If the backlog did not grow. An arm that lost records did not keep up, however quick the others were. */
export const keptUp = (round: Round): boolean | undefined =>
  lossesIn(round) > 0 ? false : isSustained(round.measured.timings);
