import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HistoryLine } from '../../judging/check-history.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { smallestCases } from '../cases/smallest-cases.ts';
import { traps } from '../cases/traps.ts';

export const goldenFolder = join(fileURLToPath(new URL('.', import.meta.url)), 'golden');

/** What must not change from version to version: the word, what is violated, and how often each anomaly was found. */
export type GoldenVerdict = {
  readonly verdict: string;
  readonly violated: readonly string[];
  readonly found: Readonly<Record<string, number>>;
};

export const summaryOf = ({ verdict, claims }: HistoryVerdict): GoldenVerdict => ({
  verdict,
  violated: claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly),
  found: Object.fromEntries(claims.filter(({ found }) => found > 0).map(({ anomaly, found }) => [anomaly, found])),
});

/** The smallest history of each claim that shows it, and the nearest one that does not. No file holds them. */
export const smallestHistories = (): ReadonlyMap<string, readonly HistoryLine[]> =>
  new Map(
    Object.entries(smallestCases).flatMap(([id, { bad, good }]) => [
      [`${id}.bad`, bad().end().lines],
      [`${id}.good`, good().end().lines],
    ]),
  );

/** By file name, without its ending. */
export const goldenHistories = (): ReadonlyMap<string, readonly HistoryLine[]> => {
  const all = new Map<string, readonly HistoryLine[]>();
  for (const [name, { history, isCut }] of Object.entries(traps)) {
    const made = history();
    all.set(`trap.${name.replaceAll(/[^a-z0-9]+/gi, '-')}`, isCut === true ? made.lines : made.end().lines);
  }
  return all;
};
