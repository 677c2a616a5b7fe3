import type { Counts } from '../../model/verdict.ts';
import { unreadRecords } from '../index/finality.ts';
import { orderOf } from '../index/order.ts';
import { orderKeptOf } from '../index/order-kept.ts';
import { isIntentUnknown } from '../index/sending-order.ts';
import { outcome } from '../index/tables.ts';
import { isPartial } from '../index/totals.ts';
import { unidentifiedOf } from '../index/unidentified.ts';
import { isWorkload, type View } from '../index/view.ts';
import { crossingsOf, orderedPairsOf } from './guards.ts';

/**
 * Counts records of the workload. `acked` and `read` count each once, however often it was sent or read; `info` and
 * `failed` count records that were never acknowledged.
 */
export const countsOf = (view: View): Counts => {
  const { acked, read } = view.totals;
  const counts = { acked, read, info: 0, failed: 0, unseen: 0, foreign: foreignPlaces(view), unidentified: 0 };
  for (let record = 0; record < view.tables.records.count; record += 1) {
    if (!isCounted(view, record)) continue;
    if (view.recordReadHead.at(record) >= 0) counts.read += 1;
    const worst = outcomeOf(view, record);
    if (worst === outcome.ok) counts.acked += 1;
    else if (worst === outcome.fail) counts.failed += 1;
    else if (worst === outcome.info) counts.info += 1;
  }
  for (const { proof } of unreadRecords(view)) if (proof === 'unseen') counts.unseen += 1;
  const { all, unbound } = unidentifiedOf(view);
  return { ...counts, read: counts.read + unbound, unidentified: all };
};

/** False for records of flows that the totals already count. */
const isCounted = (view: View, record: number): boolean =>
  isWorkload(view, record) && !isPartial(view, view.tables.records.flow.at(record));

/** ok if any attempt was; else info if any may have had an effect; else fail; none for a record that was never put. */
const outcomeOf = (view: View, record: number): number => {
  let best: number = outcome.none;
  for (let entry = view.attemptHead.at(record); entry >= 0; entry = view.attemptNext[entry] ?? -1) {
    const status = view.tables.entryStatus.at(entry);
    if (status === outcome.ok) return outcome.ok;
    if (status !== outcome.fail) best = outcome.info;
    else if (best === outcome.none) best = outcome.fail;
  }
  return best;
};

/** How many distinct places of a shared stream hold a foreign record. On other streams such a record is a phantom. */
const foreignPlaces = (view: View): number => {
  if (view.tables.head?.stream?.shared !== true) return 0;
  const { found, shards } = view.totals.foreign;
  const counted = new Set(shards);
  let count = found;
  for (let position = 0; position < view.positions.count; position += 1) {
    const read = view.positions.readHead.at(position);
    if (read < 0 || view.tables.readRecord.at(read) >= 0) continue;
    if (!counted.has(view.positions.shard.at(position))) count += 1;
  }
  return count;
};

/**
 * What the run could have shown. Rates are the smallest that would have shown up with 95 % certainty: the rule of
 * three, 3/n.
 */
export const powerOf = (view: View): Readonly<Record<string, number>> => {
  const { census } = orderOf(view);
  const pairs = orderedPairsOf(view);
  const { unorderedPairs } = orderKeptOf(view);
  let { acked } = view.totals;
  for (let record = 0; record < view.tables.records.count; record += 1) {
    if (isCounted(view, record) && outcomeOf(view, record) === outcome.ok) acked += 1;
  }
  return {
    orderedPairs: pairs,
    ...(isIntentUnknown(view) ? { unorderedPairs } : {}),
    keysAcrossReshard: crossingsOf(view).keys,
    inFlight: view.tables.inFlightMax,
    ...(acked > 0 ? { lossRate95: rate95(acked) } : {}),
    ...(pairs > 0 ? { reorderRate95: rate95(pairs) } : {}),
    ...(census.inversions > 0
      ? {
          inversions: census.inversions,
          removals: census.removals,
          displacement: census.displacement,
          keysReordered: census.keys,
        }
      : {}),
  };
};

/** The smallest rate that would have shown up among so many, with 95 % certainty: the rule of three. */
export const rate95 = (count: number): number => Number(Math.min(1, 3 / count).toPrecision(3));
