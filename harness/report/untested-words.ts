import type { Untested } from '../model/untested.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

const words: Readonly<Record<Untested, string>> = {
  retry: 'no call failed, so no retry was tested (try record --fault fail-record)',
  overlap: 'calls of one key overlapped, and here they happened to stay in order (try record --fault swap)',
  'one-call':
    'calls held several records of one key, and none of their entries failed (try record --fault fail-record)',
  reshard: 'no reshard',
  restart: 'no restart of a consumer',
};

/** What no history tested, in one line, because a green run proves nothing about it. Undefined if all was tested. */
export const untestedSentence = (histories: readonly HistoryVerdict[]): string | undefined => {
  const told = histories.flatMap(({ untested }) => (untested === undefined ? [] : [untested]));
  const [first, ...more] = told;
  const shared = (first ?? []).filter((one) => more.every((other) => other.includes(one)));
  // Failed entries test both, so one of them is enough.
  const left = shared.includes('one-call') ? shared.filter((one) => one !== 'retry') : shared;
  return left.length === 0 ? undefined : `not tested: ${left.map((one) => words[one]).join('; ')}`;
};
