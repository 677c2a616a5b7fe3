import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import { seededRandom } from '../../lib/random.ts';
import { cleanHistory } from '../generators/clean-history.ts';
import { Draft, withSubject } from '../generators/mutations/draft.ts';
import type { Mutation } from '../generators/mutations/mutation.ts';

/** How a judge judged one mutation: whether it was found, and what else was forbidden without an explanation. */
export type Kill = { readonly seed: string; readonly isFound: boolean; readonly collateral: readonly string[] };

/** A clean history with the mutation; undefined if it has no place for it. */
export const mutated = ({ apply, name }: Mutation, seed: string, steps = 60): readonly HistoryLine[] | undefined => {
  const draft = new Draft(withSubject(cleanHistory(seed, steps)), seededRandom(`${seed}/${name}`));
  return apply(draft) ? (draft.lines as readonly HistoryLine[]) : undefined;
};

/** Tries seeds, at most 400, until the mutation fits into `wanted` clean histories. */
export const killsOf = async (mutation: Mutation, base: string, wanted: number): Promise<readonly Kill[]> => {
  const kills: Kill[] = [];
  for (let tries = 0; kills.length < wanted && tries < 400; tries += 1) {
    const seed = `${base}/${tries}`;
    const lines = mutated(mutation, seed);
    if (lines !== undefined) kills.push({ seed, ...(await judged(mutation, lines)) });
  }
  return kills;
};

const judged = async ({ anomaly, kind, beside = [] }: Mutation, lines: readonly HistoryLine[]) => {
  const { findings } = await checkHistory(lines);
  const isFound = findings.some(
    (f) => f.anomaly === anomaly && (kind === undefined || f.kind === kind) && f.explainedBy === null,
  );
  const collateral = findings
    .filter(
      (f) => f.anomaly !== anomaly && f.expect === 'forbid' && f.explainedBy === null && !beside.includes(f.anomaly),
    )
    .map((f) => f.anomaly);
  return { isFound, collateral: [...new Set(collateral)] };
};
