import { apart } from '../pair-rule.ts';
import type { Comparison } from '../result.ts';
import { notAws, numberWords, timeWords, undoneWords } from './words.ts';

/** The ranking in one line. It consists of ratios, which are most likely to hold on another engine. */
export const rankingWords = (comparison: Comparison): string => rankingLines(comparison).join('; ');

/** The ranking, the arms without a place and why, and how noisy the machine was. */
export const rankingLines = (comparison: Comparison): readonly string[] => {
  const { undone, few, disagree, behind } = comparison.ranking;
  const torn = disagree.map(({ arm, low, high }) => `${arm} (p50 of a round ${timeWords(low)} to ${timeWords(high)})`);
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['', groupWords(comparison)],
    ['≈ by its interval, though the p50s differ: ', wideWords(comparison)],
    [
      'not ranked, did not write all of its records: ',
      undone.map(({ arm, ...counts }) => `${arm} (${undoneWords(counts)})`),
    ],
    ['not ranked, rounds disagree by more than the arms differ: ', torn],
    ['not ranked, no place says what is true of each pair: ', unplacedWords(comparison)],
    [`not ranked, fell behind the schedule (lower --rate to ${lowerRate(comparison)}): `, behind],
    ['not ranked, too few records: ', few],
    ['', slowWords(comparison)],
  ];
  return lines.filter(([, names]) => names.length > 0).map(([head, names]) => `${head}${names.join(', ')}`);
};

/** Arms that share a place although the table shows different p50s: how far the interval reaches. */
const wideWords = ({ ranking: { groups, pairs } }: Comparison): readonly string[] =>
  pairs
    .filter(({ quick, slow, ratio }) => ratio > apart && groups.some((group) => has(group, quick) && has(group, slow)))
    .map(({ quick, slow, ratio, low, high }) => {
      const [of, from, to] = [ratio, low, high].map(twoDigits);
      return `${quick} and ${slow} (× ${of}, 95 % interval × ${from} to × ${to})`;
    });

const twoDigits = (value: number): string => Number(value.toPrecision(2)).toLocaleString('en-US');

const has = (group: Comparison['ranking']['groups'][number], name: string): boolean =>
  group.some(({ arm }) => arm === name);

/** `b (≈ a, ≈ c)`: an arm without a place, and its relation to each arm that has one. */
const unplacedWords = ({ ranking: { groups, pairs, unplaced } }: Comparison): readonly string[] =>
  unplaced.map((arm) => {
    const relations = groups.flat().flatMap((placed) =>
      pairs.flatMap(({ quick, slow, relation }) => {
        if (quick === arm && slow === placed.arm) return [`${relation === 'alike' ? '≈' : '<'} ${slow}`];
        return slow === arm && quick === placed.arm ? [`${relation === 'alike' ? '≈' : '>'} ${quick}`] : [];
      }),
    );
    return `${arm} (${relations.join(', ')})`;
  });

const groupWords = ({ ranking: { groups }, isAws }: Comparison): readonly string[] => {
  const quickest = groups[0]?.[0];
  if (quickest === undefined) return [];
  const words = groups.map((group, index) => {
    const names = group.map(({ arm }) => arm).join(' ≈ ');
    const ratio = (group[0]?.median ?? 0) / Math.max(1, quickest.median);
    return index === 0 ? names : `${names} (× ${numberWords(ratio)})`;
  });
  const of = groups.length === 1 ? '' : `, × is to the p50 of ${quickest.arm}`;
  return [`ranking by p50${isAws ? '' : `, ${notAws}`}${of}: ${words.join(' < ')}`];
};

const slowWords = ({ slowness, isAws }: Comparison): readonly string[] =>
  slowness <= 1 || isAws
    ? []
    : [
        `the engine answers slowly here (deadlines × ${numberWords(slowness)}): other work on this machine is in every time`,
      ];

/** The share of the slowest answered rate that is proposed, so that the arm keeps up on a busy machine. */
const spare = 0.8;

const lowerRate = ({ ranking: { behind }, rows, setting }: Comparison): string => {
  const answered = rows.filter(({ arm }) => behind.includes(arm)).map((row) => row.answered);
  return numberWords(Math.max(1, Math.floor(spare * Math.min(setting.rate, ...answered))));
};
