import { oncePer } from '../../lib/once-per.ts';
import { isSentinel, isWorkload, type View } from './view.ts';

/**
 * Places that were read, in a history in which no record has an identity; `unbound`: those of them that no put is
 * known of. Contract, rule 21.
 */
export type Unidentified = { readonly all: number; readonly unbound: number };

export const unidentifiedOf = oncePer((view: View): Unidentified => {
  // On a shared stream a record without identity is foreign, unless puts were not recorded.
  const isForeign = view.isShared && view.hasPuts;
  return isForeign || hasIdentity(view) ? { all: 0, unbound: 0 } : countPlaces(view);
});

/**
 * True if a record without identity is foreign: on a shared stream, where records of the run can be told. It is
 * counted, and judged for the order of its place only. Contract, 9; where no record has an identity, rule 21.
 */
export const hasForeign = (view: View): boolean => view.isShared && (view.hasPuts || hasIdentity(view));

const hasIdentity = (view: View): boolean => {
  // What was counted while reading has a flow and a number.
  if (view.totals.acked > 0 || view.totals.read > 0) return true;
  const { n } = view.tables.records;
  for (let record = 0; record < view.tables.records.count; record += 1)
    if (n.at(record) >= 0 && isWorkload(view, record)) return true;
  return false;
};

const countPlaces = (view: View): Unidentified => {
  const { positions, tables } = view;
  let [all, unbound] = [0, 0];
  for (let place = 0; place < positions.count; place += 1) {
    const read = positions.readHead.at(place);
    if (read < 0 || isMarkerAt(view, place)) continue;
    all += 1;
    if (tables.readRecord.at(read) < 0) unbound += 1;
  }
  return { all, unbound };
};

const isMarkerAt = (view: View, place: number): boolean => {
  const ack = view.positions.ackHead.at(place);
  return ack >= 0 && isSentinel(view, ack);
};
