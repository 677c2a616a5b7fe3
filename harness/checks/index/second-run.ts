import { isPartial } from './totals.ts';
import { ackLine, attemptsOf, isOk, isWorkload, putLine, type View } from './view.ts';

/**
 * A producer that counts a flow from its first number again, though that was acknowledged: it ran a second time under
 * one name.
 */
export type SecondRun = {
  /** The number that it counts from. */
  readonly first: number;
  /** The line on which it counts from there again. */
  readonly line: number;
  /** A used number was sent with other bytes. */
  readonly hasOtherBytes: boolean;
  /** Records under numbers that were used: all that were acknowledged before that line and sent again since. */
  readonly records: ReadonlySet<number>;
};

const known = new WeakMap<View, Map<number, SecondRun | undefined>>();

/** Undefined: as far as is known, the producer did not run again. */
export const secondRunOf = (view: View, flow: number): SecondRun | undefined => {
  const ofView = known.get(view) ?? new Map<number, SecondRun | undefined>();
  known.set(view, ofView);
  if (!ofView.has(flow)) ofView.set(flow, readSecondRun(view, flow));
  return ofView.get(flow);
};

const readSecondRun = (view: View, flow: number): SecondRun | undefined => {
  const { records, head } = view.tables;
  const own = recordsOf(view, flow);
  const [lowest] = own;
  if (lowest === undefined) return undefined;
  // If only a part of the flow is in the view, its lowest number need not be its first.
  const first = isPartial(view, flow) ? (head?.identity?.first ?? 0) : records.n.at(lowest);
  const line = records.n.at(lowest) === first ? sentAgain(view, lowest) : 0;
  if (line === 0) return undefined;
  const again = own.filter((record) => isUsedAgain(view, record, line));
  const hasOtherBytes = again.some((record) => areDifferent(view, record, line));
  if (!hasOtherBytes && !doCount(view, again, line)) return undefined;
  return { first, line, hasOtherBytes, records: new Set(again) };
};

/** The records of a flow, by their numbers. */
const recordsOf = (view: View, flow: number): readonly number[] => {
  const { records } = view.tables;
  const own: number[] = [];
  for (let record = 0; record < records.count; record += 1) {
    if (records.flow.at(record) !== flow || records.n.at(record) < 0) continue;
    if (view.attemptHead.at(record) >= 0 && isWorkload(view, record)) own.push(record);
  }
  return own.sort((a, b) => records.n.at(a) - records.n.at(b));
};

/** The line on which a record was first sent after it had been acknowledged; 0: it was not. */
const sentAgain = (view: View, record: number): number => {
  let acked = Number.POSITIVE_INFINITY;
  for (const entry of attemptsOf(view, record)) {
    if (putLine(view, entry) > acked) return putLine(view, entry);
    if (isOk(view, entry)) acked = Math.min(acked, ackLine(view, entry));
  }
  return 0;
};

/** Acknowledged before the line, and sent on it or later. */
const isUsedAgain = (view: View, record: number, line: number): boolean => {
  const attempts = [...attemptsOf(view, record)];
  return (
    attempts.some((entry) => isOk(view, entry) && ackLine(view, entry) < line) &&
    attempts.some((entry) => putLine(view, entry) >= line)
  );
};

const areDifferent = (view: View, record: number, line: number): boolean => {
  const { digests, entryDigest } = view.tables;
  const [before, since] = [new Set<string>(), new Set<string>()];
  for (const entry of attemptsOf(view, record)) {
    const digest = digests.text(entryDigest.at(entry));
    if (digest !== undefined) (putLine(view, entry) < line ? before : since).add(digest);
  }
  return before.size > 0 && [...since].some((digest) => !before.has(digest));
};

/**
 * True if several calls count up again: then equal bytes are a second run, too. One call that is sent again is none.
 */
const doCount = (view: View, again: readonly number[], line: number): boolean => {
  const calls = new Set<number>();
  let last = line - 1;
  for (const record of again) {
    const entry = [...attemptsOf(view, record)].find((one) => putLine(view, one) >= line) ?? -1;
    if (putLine(view, entry) < last) return false;
    last = putLine(view, entry);
    calls.add(view.tables.entryOp.at(entry));
  }
  return calls.size > 1;
};
