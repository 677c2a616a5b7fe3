import type { Remedy, Untested } from '../model/untested.ts';
import type { HistoryVerdict } from '../model/verdict.ts';

const words: Readonly<Record<Untested, string>> = {
  retry: 'no call failed, so no retry was tested',
  overlap: 'calls of one key overlapped, and here they happened to stay in order',
  'one-call': 'calls held several records of one key, and none of their entries failed',
  reshard: 'no reshard',
  restart: 'no restart of a consumer',
};

/** What no history tested, in one line, because a green run proves nothing about it. Undefined if all was tested. */
export const untestedSentence = (histories: readonly HistoryVerdict[]): string | undefined => {
  const told = histories.filter(({ untested }) => untested !== undefined);
  const [first, ...more] = told.map(untestedIn);
  const shared = (first ?? []).filter((one) => more.every((other) => other.includes(one)));
  // Failed entries test both, so one of them is enough.
  const left = shared.includes('one-call') ? shared.filter((one) => one !== 'retry') : shared;
  // The number of a call is true in its own history only.
  const remedies = told.length === 1 ? (told[0]?.remedies ?? {}) : {};
  return left.length === 0
    ? undefined
    : `not tested: ${left.map((one) => `${words[one]}${remedyWords(remedies[one])}`).join('; ')}`;
};

/** Calls that overlapped were tested if their records came out of order. */
const untestedIn = ({ untested = [], order }: HistoryVerdict): readonly Untested[] =>
  order.kept === true ? untested : untested.filter((one) => one !== 'overlap');

/** ` (try record --fault swap:call=3)`, or in the words of a scenario. */
const remedyWords = (remedy: Remedy | undefined): string => {
  if (remedy === undefined) return '';
  return ` (try ${remedy.by === 'record' ? `record --fault ${flagOf(remedy)}` : `faults: [${builderOf(remedy)}]`})`;
};

const flagOf = ({ fault, options }: Remedy): string =>
  `${fault}:${Object.entries(options)
    .map(([name, value]) => `${name}=${[value].flat().join('+')}`)
    .join(',')}`;

const builders: Readonly<Record<Remedy['fault'], string>> = {
  'fail-call': 'failCall',
  'fail-record': 'failRecord',
  swap: 'swap',
};

const builderOf = ({ fault, options }: Remedy): string =>
  `${builders[fault]}({ ${Object.entries(options)
    .map(([name, value]) => `${name}: ${valueText(value)}`)
    .join(', ')} })`;

const valueText = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll(/['\\]/g, '\\$&')}'` : JSON.stringify(value);
