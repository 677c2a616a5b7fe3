import type { Row } from '../result.ts';

export type Sentence = Row['promised'] & { readonly arms: readonly string[] };

/** Each of AWS's sentences once, with the arms that it applies to. */
export const promisesIn = (rows: readonly Row[]): readonly Sentence[] =>
  [...new Set(rows.map(({ promised }) => promised.words))].flatMap((words) => {
    const of = rows.filter(({ promised }) => promised.words === words);
    return of.slice(0, 1).map(({ promised }) => ({ ...promised, arms: of.map(({ arm }) => arm) }));
  });
