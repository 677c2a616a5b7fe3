import type { View } from './view.ts';

/** Additions, `recorder` import: the order of lines need not be the order of sending. */
export const isImported = (view: View): boolean => view.head.recorder === 'import';
export const isPipeline = (view: View): boolean => view.head.question === 'pipeline';

/**
 * Rule 26: without a counter, two records are compared only if the first put of one ended before the other was sent,
 * or if they are entries of one call.
 */
export const isComparable = (view: View, one: string, other: string): boolean => {
  if (view.head.identity?.from !== 'none') return true;
  const [a, b] = [one, other].map((id) => view.attempts.filter((x) => x.id === id));
  const [first, second] = [a?.[0], b?.[0]];
  if (first === undefined || second === undefined) return false;
  const isTogether = (a ?? []).some(({ put }) => (b ?? []).some((x) => x.put.op === put.op));
  return isTogether || first.answered < second.sent || second.answered < first.sent;
};
