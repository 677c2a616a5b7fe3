import type { Expect, Finding, HistoryVerdict } from '../../../model/verdict.ts';

const marks: Readonly<Record<Expect, string>> = { forbid: '!', allow: '~', report: '.', find: '+', ignore: '-' };

/** A finding in the words of the cases; `blame` where they say whom it is blamed on. */
export const findingWord = ({ anomaly, kind, expect, explainedBy }: Finding, blame = ''): string =>
  `${anomaly}${kind === null ? '' : `/${kind}`}${marks[expect]}${blame}${explainedBy === null ? '' : `<${explainedBy}`}`;

/** Claims that are unknown. A history of which nothing is sure is `?all`. */
export const unknownWords = ({ claims }: HistoryVerdict): readonly string[] => {
  const unknown = claims.filter(({ verdict }) => verdict === 'unknown').map(({ anomaly }) => `?${anomaly}`);
  return unknown.length > 20 ? ['?all'] : unknown;
};

/** What it says, wherever the history came from. */
export const unnamed = (verdict: HistoryVerdict | string): unknown =>
  typeof verdict === 'string' ? verdict : { ...verdict, path: '' };
