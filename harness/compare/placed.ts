import type { Contender, Pair } from './pair-rule.ts';

export type RelationOf = (one: Contender, other: Contender) => Pair['relation'];

/**
 * The arms to leave out so that no two are torn. Of two that are, the one whose rounds lie further apart is left out.
 */
export const disagreeingIn = (arms: readonly Contender[], relationOf: RelationOf): readonly Contender[] =>
  leftOut(arms, (left) =>
    left
      .filter((one) => left.some((other) => other !== one && relationOf(one, other) === 'torn'))
      .toSorted((a, b) => spreadOf(b.ofRounds) - spreadOf(a.ofRounds)),
  );

/**
 * The arms to leave out so that places can say what the rule says of each pair. An arm is in the way if it is like two
 * arms that are not alike, or if it is like an arm that others stand between.
 */
export const unplacedIn = (arms: readonly Contender[], relationOf: RelationOf): readonly Contender[] =>
  leftOut(arms, (left) => {
    const blames = new Map(left.map((one) => [one, 0]));
    for (const blamed of blamedIn(left, relationOf)) blames.set(blamed, (blames.get(blamed) ?? 0) + 1);
    return [...blames]
      .filter(([, count]) => count > 0)
      .toSorted(([a, one], [b, other]) => other - one || spreadOf(b.draws) - spreadOf(a.draws))
      .map(([arm]) => arm);
  });

/** Groups of arms that are alike, the fastest first: arms of different groups are told apart. */
export const groupsOf = (ranked: readonly Contender[], relationOf: RelationOf): readonly (readonly Contender[])[] => {
  const groups: Contender[][] = [];
  for (const one of ranked) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group !== undefined && first !== undefined && relationOf(one, first) === 'alike') group.push(one);
    else groups.push([one]);
  }
  return groups;
};

/** Leaves out the worst arm until there is none. */
const leftOut = (
  arms: readonly Contender[],
  worstFirst: (left: readonly Contender[]) => readonly Contender[],
): readonly Contender[] => {
  const out: Contender[] = [];
  for (;;) {
    const [worst] = worstFirst(arms.filter((one) => !out.includes(one)));
    if (worst === undefined) return out;
    out.push(worst);
  }
};

/** Once for each three arms that it makes impossible to place. `arms` are in the order of the ranking. */
const blamedIn = (arms: readonly Contender[], relationOf: RelationOf): readonly Contender[] =>
  arms.flatMap((x, first) =>
    arms.slice(first + 1).flatMap((y, second) =>
      arms.slice(first + second + 2).flatMap((z) => {
        const isAlike = (one: Contender, other: Contender): boolean => relationOf(one, other) === 'alike';
        const [xy, yz, xz] = [isAlike(x, y), isAlike(y, z), isAlike(x, z)];
        if (xy && yz) return xz ? [] : [y];
        if (!xz) return [];
        return xy ? [x] : yz ? [z] : [x, z];
      }),
    ),
  );

/** How many times the smallest value the largest one is. */
const spreadOf = (values: readonly number[]): number => Math.max(...values) / Math.max(1, Math.min(...values));
