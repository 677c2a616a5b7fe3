import type { HistoryVerdict } from '../model/verdict.ts';
import type { Arm } from './arms.ts';
import { answeredPerSecond, medianOf, mostWaiting } from './backlog.ts';
import { latenciesOf } from './latencies.ts';
import { logOf } from './log-of.ts';
import { promiseOf } from './promise-of.ts';
import type { Row } from './result.ts';
import type { Round } from './round.ts';
import { spansOf } from './spans.ts';
import type { Measured } from './timing.ts';
import { keptUp, lossesIn } from './work-done.ts';

export const rowOf = (arm: Arm, rounds: readonly Round[]): Row => {
  const timings = rounds.map(({ measured }) => measured.timings);
  const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0);
  return {
    arm: arm.name,
    what: arm.what,
    promised: promiseOf(arm.producer),
    rounds: rounds.length,
    records: sum(({ measured }) => measured.timings.length),
    acked: sum(({ measured }) => measured.timings.filter(({ acked }) => acked !== undefined).length),
    order: orderOf(rounds),
    duplicates: sum(duplicatesIn),
    losses: sum(lossesIn),
    broken: [...new Set(rounds.flatMap(({ verdict }) => brokenIn(verdict)))],
    unknown: [
      ...new Set(rounds.flatMap(({ verdict, measured }) => [...verdict.unknown, ...silentIn(arm, verdict, measured)])),
    ],
    dueToAcked: latenciesOf(timings.map((round) => spansOf(round, 'due', 'acked'))),
    sentToAcked: latenciesOf(timings.map((round) => spansOf(round, 'sent', 'acked'))),
    dueToDelivered: latenciesOf(timings.map((round) => spansOf(round, 'due', 'delivered'))),
    mostWaiting: Math.max(0, ...timings.map(mostWaiting)),
    isSustained: inAll(rounds.map(keptUp)),
    answered: medianOf(timings.map(answeredPerSecond)),
    sustained: null,
    calls: sum(({ measured }) => measured.calls),
    stored: sum(({ measured }) => measured.stored),
    kinesisRecords: sum(({ measured }) => measured.kinesisRecords),
    units: sum(({ measured }) => measured.units),
    onDemandKb: sum(({ measured }) => measured.onDemandKb),
    throttledCalls: sum(({ verdict }) => verdict.headroom?.throttledCalls ?? 0),
    countedCalls: sum(({ verdict }) => verdict.headroom?.calls ?? 0),
    histories: rounds.map(({ verdict }) => verdict.path),
  };
};

/** Broken if any round broke it, kept if all rounds kept it, otherwise null. */
const orderOf = (rounds: readonly Round[]): Row['order'] => {
  const orders = rounds.map(({ verdict }) => verdict.order);
  const inversions = orders.reduce((total, order) => total + order.inversions, 0);
  const pairs = orders.reduce((total, order) => total + order.pairs, 0);
  const isBroken = orders.some(({ kept }) => kept === false);
  return {
    kept: isBroken ? false : orders.length > 0 && orders.every(({ kept }) => kept === true) ? true : null,
    pairs,
    inversions,
  };
};

/** Names the log of a program of which nothing was acknowledged: it usually says why. */
const silentIn = (arm: Arm, { path }: HistoryVerdict, { timings }: Measured): readonly string[] => {
  const log = timings.some(({ acked }) => acked !== undefined) ? undefined : logOf(arm, path);
  return log === undefined ? [] : [`nothing that is measured was acknowledged: what the command printed is in ${log}`];
};

/** The common value of all rounds. Null if they disagree or have too few records. */
const inAll = (all: readonly (boolean | undefined)[]): boolean | null => {
  const [first] = all;
  return first !== undefined && all.every((one) => one === first) ? first : null;
};

const duplicatesIn = ({ verdict }: Round): number =>
  verdict.claims.reduce((total, { anomaly, found }) => total + (anomaly === 'duplicate' ? found : 0), 0);

const brokenIn = ({ claims }: HistoryVerdict): readonly string[] =>
  claims.filter(({ verdict }) => verdict === 'violated').map(({ anomaly }) => anomaly);
