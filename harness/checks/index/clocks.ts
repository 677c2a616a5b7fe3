import type { Head } from '../../model/event.ts';
import { acksAt, knownAt, readerOfRead, readsAt, type View } from './view.ts';

/**
 * Microseconds by which the clocks of two machines may differ. No claim may rest on a smaller difference between their
 * times. Contract, `tolerances.clockSkewMs`.
 */
export const clockSkewOf = (head: Head | undefined): number => (head?.tolerances?.clockSkewMs ?? 0) * 1000;

/** No times are known: `t` is the line index, and claims about time are unknown. Contract, `clock`. */
export const isTimeless = ({ tables: { head } }: View): boolean => head?.clock === 'none';

export const unknownWithoutClock = (view: View): string | undefined =>
  isTimeless(view) ? 'no times are known (clock: none)' : undefined;

/** When something stands in the history: its line, and its time in microseconds. */
export type Moment = { readonly line: number; readonly t: number };

/** True if an event is after one of another machine: by its line, and by more than their clocks may differ. */
export const isSurelyAfter = ({ tables: { head } }: View, later: Moment, earlier: Moment): boolean => {
  const skew = clockSkewOf(head);
  return later.line > earlier.line && (skew === 0 || later.t - earlier.t > skew);
};

/** When an entry was sent. */
export const sentAt = ({ tables }: View, entry: number): Moment => {
  const op = tables.entryOp.at(entry);
  return { line: tables.opLine.at(op), t: tables.opT.at(op) };
};

/** True if it was known before `askedT`, on the clock of `reader`, that a place holds a record. */
export const isKnownBefore = (view: View, position: number, askedT: number, reader: number): boolean => {
  const skew = clockSkewOf(view.tables.head);
  if (skew === 0) return knownAt(view, position) < askedT;
  const { tables } = view;
  for (const entry of acksAt(view, position))
    if (tables.opAckT.at(tables.entryOp.at(entry)) + skew < askedT) return true;
  for (const read of readsAt(view, position)) {
    const own = readerOfRead(view, read) === reader ? 0 : skew;
    if (tables.pageT.at(tables.readPage.at(read)) + own < askedT) return true;
  }
  return false;
};
