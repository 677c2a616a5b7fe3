import { ackLine, attemptsOf, putLine, type View } from './view.ts';

/**
 * True if it is known which of two records the application handed over first, though n is only the order of first
 * sending: if the first put of one was answered before the other was first sent, or both were in one call. Contract,
 * rule 26.
 */
export const isComparableIntent = (view: View, a: number, b: number): boolean =>
  isOverBefore(view, a, b) || isOverBefore(view, b, a) || isOneCall(view, a, b);

const isOverBefore = (view: View, a: number, b: number): boolean => {
  const [first, other] = [view.attemptHead.at(a), view.attemptHead.at(b)];
  if (first < 0 || other < 0) return false;
  const answered = ackLine(view, first);
  return answered > 0 && answered < putLine(view, other);
};

const isOneCall = (view: View, a: number, b: number): boolean => {
  const calls = new Set<number>();
  for (const entry of attemptsOf(view, a)) calls.add(view.tables.entryOp.at(entry));
  for (const entry of attemptsOf(view, b)) if (calls.has(view.tables.entryOp.at(entry))) return true;
  return false;
};
